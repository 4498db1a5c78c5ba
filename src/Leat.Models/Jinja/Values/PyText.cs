using System.Globalization;
using System.Numerics;
using System.Text;

namespace Leat.Models.Jinja;

/// <summary>Python's str() and repr().</summary>
internal static class PyText
{
    public static string Str(object? value) => value switch
    {
        string text => text,
        Undefined => "",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        PyObject other => other.Text,
        _ => Repr(value),
    };

    public static string Repr(object? value)
    {
        switch (value)
        {
            case null: return "None";
            case bool flag: return flag ? "True" : "False";
            case long number: return number.ToString(CultureInfo.InvariantCulture);
            case BigInteger number: return number.ToString(CultureInfo.InvariantCulture);
            case double number: return PyNumbers.Repr(number);
            case string text: return Quote(text);
            case decimal number: return $"Decimal('{number.ToString(CultureInfo.InvariantCulture)}')";
            case PyObject other: return other.Representation;
            case Undefined: return "Undefined";
            case PyRange range: return range.Step == 1 ? $"range({range.Start}, {range.Stop})" : $"range({range.Start}, {range.Stop}, {range.Step})";
            case PyView view: return $"{view.Name}({Bracket('[', view, ']')})";
            case PyGenerator generator: return $"<generator object {generator.Name}>";
            case PyList list: return Bracket('[', list, ']');
            case PySet set: return set.Count == 0 ? "set()" : Bracket('{', set, '}');
            case PyTuple tuple: return tuple.Count == 1 ? $"({Repr(tuple[0])},)" : Bracket('(', tuple, ')');
            case PyDict dict: return Dict(dict);
            default: return value.ToString() ?? "";
        }
    }

    private static string Bracket(char open, IEnumerable<object?> items, char close)
    {
        var text = new StringBuilder().Append(open);
        foreach (var item in items) text.Append(text.Length > 1 ? ", " : "").Append(Repr(item));
        return text.Append(close).ToString();
    }

    private static string Dict(PyDict dict)
    {
        var text = new StringBuilder("{");
        foreach (var (key, value) in dict) text.Append(text.Length > 1 ? ", " : "").Append(Repr(key)).Append(": ").Append(Repr(value));
        return text.Append('}').ToString();
    }

    private static string Quote(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var result = new StringBuilder().Append(quote);
        foreach (var c in text)
        {
            if (c == quote || c == '\\') result.Append('\\').Append(c);
            else if (c == '\n') result.Append("\\n");
            else if (c == '\r') result.Append("\\r");
            else if (c == '\t') result.Append("\\t");
            else if (c < ' ' || c == '\x7f') result.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
            else result.Append(c);
        }
        return result.Append(quote).ToString();
    }
}
