using System.Globalization;
using System.Numerics;

namespace Leat.Models.Jinja;

/// <summary>Numbers: int (long, growing to BigInteger), float (double), Decimal (decimal), bool as 0 and 1.</summary>
internal static class PyNumbers
{
    public static object Shrink(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    public static object ParseInteger(string digits, int numberBase)
    {
        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : 99;
            if (digit >= numberBase) throw new FormatException(digits);
            value = (value * numberBase) + digit;
        }
        return Shrink(value);
    }

    public static long ToLong(object? value) => value switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        BigInteger number when number >= long.MinValue && number <= long.MaxValue => (long)number,
        double number => (long)number,
        decimal number => (long)number,
        Undefined missing => throw missing.Error(),
        _ => throw new JinjaError(ErrorKind.TypeError, $"'{PyTypes.NameOf(value)}' object cannot be interpreted as an integer", "give a whole number"),
    };

    public static double ToDouble(object? value) => value switch
    {
        double number => number,
        long number => number,
        bool flag => flag ? 1 : 0,
        decimal number => (double)number,
        BigInteger number => (double)number,
        _ => throw new JinjaError(ErrorKind.TypeError, $"must be real number, not {PyTypes.NameOf(value)}", "give a number"),
    };

    public static BigInteger ToBig(object value) => value switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        BigInteger number => number,
        double number => new BigInteger(number),
        _ => new BigInteger((decimal)value),
    };

    public static int Compare(object left, object right)
    {
        if (left is long a && right is long b) return a.CompareTo(b);
        if (left is double || right is double) return ToDouble(left).CompareTo(ToDouble(right));
        if (left is decimal || right is decimal) return ToDecimal(left).CompareTo(ToDecimal(right));
        return ToBig(left).CompareTo(ToBig(right));
    }

    public static decimal ToDecimal(object value) => value switch
    {
        decimal number => number,
        long number => number,
        bool flag => flag ? 1 : 0,
        BigInteger number => (decimal)number,
        _ => (decimal)ToDouble(value),
    };

    /// <summary>Python's repr of a float: shortest digits that read back the same; exponent below 1e-4 and from 1e16.</summary>
    public static string Repr(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        var (digits, pointAt) = Digits(value.ToString("R", CultureInfo.InvariantCulture));
        var sign = double.IsNegative(value) ? "-" : "";
        if (value == 0) return sign + "0.0";
        var exponent = pointAt - 1;
        if (exponent is < -4 or >= 16)
        {
            var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
            return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
        }
        if (pointAt <= 0) return sign + "0." + new string('0', -pointAt) + digits;
        if (digits.Length <= pointAt) return sign + digits + new string('0', pointAt - digits.Length) + ".0";
        return sign + digits[..pointAt] + "." + digits[pointAt..];
    }

    /// <summary>Significant digits and where the point stands among them (0 = before the first).</summary>
    private static (string Digits, int PointAt) Digits(string shortest)
    {
        var text = shortest.TrimStart('-');
        var exponent = 0;
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var all = point < 0 ? text : whole + text[(point + 1)..];
        var leading = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        return (digits.Length == 0 ? "0" : digits, whole.Length - leading + exponent);
    }

    /// <summary>Rounded to <paramref name="places"/> after the point, exactly, ties to even; as text with that many places.</summary>
    public static string Fixed(double value, int places)
    {
        if (!double.IsFinite(value)) return Repr(value);
        var text = Math.Abs(value).ToString("F" + (places + 25).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var cut = text.Length - 25;
        var tail = text.AsSpan(cut);
        var head = places == 0 ? text[..(cut - 1)] : text[..cut];
        var half = "5" + new string('0', 24);
        var order = tail.SequenceCompareTo(half);
        var lastOdd = (head[^1] - '0') % 2 == 1;
        if (order > 0 || (order == 0 && lastOdd)) head = Increment(head);
        return (double.IsNegative(value) ? "-" : "") + head;
    }

    private static string Increment(string digits)
    {
        var chars = digits.ToCharArray();
        for (var i = chars.Length - 1; i >= 0; i--)
        {
            if (chars[i] == '.') continue;
            if (chars[i] != '9')
            {
                chars[i]++;
                return new string(chars);
            }
            chars[i] = '0';
        }
        return "1" + new string(chars);
    }
}
