using System.Numerics;

namespace Leat.Models.Jinja;

/// <summary>Operators as in Python.</summary>
internal static class PyMath
{
    /// <summary>Longest string or list a template may make by repetition.</summary>
    private const int MaxRepeated = 16_000_000;

    public static object? Apply(string op, object? left, object? right)
    {
        if (left is long a && right is long b && Fast(op, a, b) is { } quick) return quick;
        if (left is Undefined missing) throw missing.Error();
        if (right is Undefined absent) throw absent.Error();
        if (op == "%" && left is string format) return PercentFormat.Apply(format, right);
        if (left is PyArithmetic custom && custom.TryOperator(op, right, out var answer)) return answer;
        if (op == "+" && Join(left, right) is { } joined) return joined;
        if (op == "*" && Repeat(left, right) is { } repeated) return repeated;
        if (op == "-" && left is PySet set && right is PySet other) return new PySet(set.Where(i => !other.Contains(i)));
        if (!PyTypes.IsNumber(left) || !PyTypes.IsNumber(right)) throw Unsupported(op, left, right);
        if (left is double || right is double || op == "/") return left is decimal || right is decimal ? Decimals(op, left!, right!) : Doubles(op, PyNumbers.ToDouble(left), PyNumbers.ToDouble(right));
        return left is decimal || right is decimal ? Decimals(op, left!, right!) : Integers(op, PyNumbers.ToBig(left!), PyNumbers.ToBig(right!));
    }

    public static object? Negate(object? value) => value switch
    {
        long number when number != long.MinValue => -number,
        bool flag => flag ? -1L : 0L,
        long or BigInteger => PyNumbers.Shrink(-PyNumbers.ToBig(value)),
        double number => -number,
        decimal number => -number,
        Undefined missing => throw missing.Error(),
        PyArithmetic custom when custom.TryOperator("neg", null, out var answer) => answer,
        _ => throw new JinjaError(ErrorKind.TypeError, $"bad operand type for unary -: '{PyTypes.NameOf(value)}'", "negate numbers only"),
    };

    public static object? Plus(object? value) => value is bool flag ? (flag ? 1L : 0L) : PyTypes.IsNumber(value)
        ? value
        : throw new JinjaError(ErrorKind.TypeError, $"bad operand type for unary +: '{PyTypes.NameOf(value)}'", "use + on numbers only");

    private static object? Fast(string op, long a, long b)
    {
        switch (op)
        {
            case "+":
                var sum = unchecked(a + b);
                return ((a ^ sum) & (b ^ sum)) < 0 ? null : sum;
            case "-":
                var difference = unchecked(a - b);
                return ((a ^ b) & (a ^ difference)) < 0 ? null : difference;
            default:
                return null;
        }
    }

    private static object? Join(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a + b,
        (PyList a, PyList b) => new PyList(a.Concat(b)),
        (PyTuple a, PyTuple b) => new PyTuple([.. a, .. b]),
        (string, _) => throw new JinjaError(ErrorKind.TypeError, $"can only concatenate str (not \"{PyTypes.NameOf(right)}\") to str", "use ~ to join a string with anything"),
        (PyList, _) => throw new JinjaError(ErrorKind.TypeError, $"can only concatenate list (not \"{PyTypes.NameOf(right)}\") to list", "use [..] around the right side"),
        _ => null,
    };

    private static object? Repeat(object? left, object? right)
    {
        if (left is long && right is string or PyList or PyTuple) (left, right) = (right, left);
        if (left is not (string or PyList or PyTuple) || right is not (long or bool)) return null;
        var times = (int)Math.Clamp(PyNumbers.ToLong(right), 0, int.MaxValue);
        if (times * PyIteration.Length(left) > MaxRepeated) throw new JinjaError(ErrorKind.OverflowError, $"repeating {PyIteration.Length(left)} items {times} times is more than {MaxRepeated}", "repeat less often");
        return left switch
        {
            string text => string.Concat(Enumerable.Repeat(text, times)),
            PyTuple tuple => new PyTuple([.. Enumerable.Repeat(tuple, times).SelectMany(t => t)]),
            _ => new PyList(Enumerable.Repeat((PyList)left, times).SelectMany(t => t)),
        };
    }

    private static JinjaError Unsupported(string op, object? left, object? right) =>
        new(ErrorKind.TypeError, $"unsupported operand type(s) for {(op == "**" ? "** or pow()" : op)}: '{PyTypes.NameOf(left)}' and '{PyTypes.NameOf(right)}'", "convert with |int, |float or |string");

    private static JinjaError DivisionByZero(string message) => new(ErrorKind.ZeroDivisionError, message, "test the divisor first");

    private static object Integers(string op, BigInteger a, BigInteger b)
    {
        switch (op)
        {
            case "+": return PyNumbers.Shrink(a + b);
            case "-": return PyNumbers.Shrink(a - b);
            case "*": return PyNumbers.Shrink(a * b);
            case "**":
                if (b.Sign < 0) return Math.Pow((double)a, (double)b);
                if (b > 10_000) throw new JinjaError(ErrorKind.OverflowError, $"exponent {b} is above 10000", "use a smaller exponent");
                return PyNumbers.Shrink(BigInteger.Pow(a, (int)b));
            case "//" or "%":
                if (b.IsZero) throw DivisionByZero("integer division or modulo by zero");
                var quotient = BigInteger.DivRem(a, b, out var remainder);
                if (!remainder.IsZero && (remainder.Sign < 0) != (b.Sign < 0)) (quotient, remainder) = (quotient - 1, remainder + b);
                return PyNumbers.Shrink(op == "//" ? quotient : remainder);
            default:
                throw Unsupported(op, a, b);
        }
    }

    private static object Doubles(string op, double a, double b)
    {
        if (b == 0 && op is "/" or "//" or "%" && b == 0) throw DivisionByZero(op == "/" ? "division by zero" : op == "%" ? "float modulo" : "float floor division by zero");
        return op switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "//" => Math.Floor(a / b),
            "%" => a - (b * Math.Floor(a / b)),
            "**" => Math.Pow(a, b),
            _ => throw Unsupported(op, a, b),
        };
    }

    private static object Decimals(string op, object left, object right)
    {
        if (left is double || right is double) throw Unsupported(op, left, right);
        var (a, b) = (PyNumbers.ToDecimal(left), PyNumbers.ToDecimal(right));
        if (b == 0 && op is "/" or "//" or "%" && b == 0) throw DivisionByZero("division by zero");
        return op switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "//" => decimal.Truncate(a / b),
            "%" => a % b,
            "**" => (decimal)Math.Pow((double)a, (double)b),
            _ => throw Unsupported(op, left, right),
        };
    }
}
