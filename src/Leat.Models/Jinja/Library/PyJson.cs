using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Leat.Models.Jinja;

/// <summary>JSON as Python's json module writes and reads it.</summary>
internal static class PyJson
{
    public static string Write(object? value, bool sortKeys = false, int indent = -1)
    {
        var text = new StringBuilder();
        Write(text, value, sortKeys, indent, 0);
        return text.ToString();
    }

    /// <exception cref="JsonException">Not JSON.</exception>
    public static object? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    private static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new PyDict(element.EnumerateObject().Select(p => KeyValuePair.Create((object?)p.Name, Read(p.Value)))),
        JsonValueKind.Array => new PyList(element.EnumerateArray().Select(Read)),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(element.GetRawText()),
        _ => null,
    };

    private static object Number(string text) => text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0
        ? double.Parse(text, CultureInfo.InvariantCulture)
        : PyNumbers.Shrink(BigInteger.Parse(text, CultureInfo.InvariantCulture));

    private static void Write(StringBuilder text, object? value, bool sortKeys, int indent, int depth)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case bool flag: text.Append(flag ? "true" : "false"); break;
            case string s: Quote(text, s); break;
            case double or long or BigInteger: text.Append(PyText.Repr(value)); break;
            case decimal number: text.Append(number.ToString(CultureInfo.InvariantCulture)); break;
            case PyDict dict: Dict(text, dict, sortKeys, indent, depth); break;
            case PyList or PyTuple: Items(text, (IEnumerable<object?>)value, sortKeys, indent, depth); break;
            default: throw new JinjaError(ErrorKind.TypeError, $"Object of type {PyTypes.NameOf(value)} is not JSON serializable", "convert with |string or |list");
        }
    }

    private static void Items(StringBuilder text, IEnumerable<object?> items, bool sortKeys, int indent, int depth)
    {
        text.Append('[');
        var count = 0;
        foreach (var item in items)
        {
            Separate(text, count++, indent, depth + 1);
            Write(text, item, sortKeys, indent, depth + 1);
        }
        Close(text, count, indent, depth, ']');
    }

    private static void Dict(StringBuilder text, PyDict dict, bool sortKeys, int indent, int depth)
    {
        text.Append('{');
        var count = 0;
        IEnumerable<KeyValuePair<object?, object?>> pairs = sortKeys ? dict.OrderBy(p => PyText.Str(p.Key), StringComparer.Ordinal) : dict;
        foreach (var (key, value) in pairs)
        {
            Separate(text, count++, indent, depth + 1);
            Quote(text, key switch { null => "null", bool flag => flag ? "true" : "false", _ => PyText.Str(key) });
            text.Append(": ");
            Write(text, value, sortKeys, indent, depth + 1);
        }
        Close(text, count, indent, depth, '}');
    }

    private static void Separate(StringBuilder text, int index, int indent, int depth)
    {
        if (index > 0) text.Append(indent < 0 ? ", " : ",");
        if (indent >= 0) text.Append('\n').Append(' ', indent * depth);
    }

    private static void Close(StringBuilder text, int count, int indent, int depth, char bracket)
    {
        if (count > 0 && indent >= 0) text.Append('\n').Append(' ', indent * depth);
        text.Append(bracket);
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\': text.Append('\\').Append(c); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ' or > '~': text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
                default: text.Append(c); break;
            }
        }
        text.Append('"');
    }
}
