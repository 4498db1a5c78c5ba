using System.Globalization;
using System.Text;

namespace Leat.Models.Jinja;

/// <summary>str.format: {} {0} {name} {0.attr} {x[key]} {:spec} {!r}.</summary>
internal static class StrFormat
{
    public static object? Apply(string format, CallArguments arguments)
    {
        var result = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c is '{' or '}' && i + 1 < format.Length && format[i + 1] == c)
            {
                result.Append(c);
                i++;
            }
            else if (c == '}') throw new JinjaError(ErrorKind.ValueError, "Single '}' encountered in format string", "write }} for a brace");
            else if (c != '{') result.Append(c);
            else
            {
                var end = FieldEnd(format, i);
                result.Append(Field(format[(i + 1)..end], arguments, ref next));
                i = end;
            }
        }
        return result.ToString();
    }

    private static int FieldEnd(string format, int open)
    {
        var depth = 0;
        for (var i = open; i < format.Length; i++)
        {
            if (format[i] == '{') depth++;
            else if (format[i] == '}' && --depth == 0) return i;
        }
        throw new JinjaError(ErrorKind.ValueError, "Single '{' encountered in format string", "write {{ for a brace");
    }

    private static string Field(string field, CallArguments arguments, ref int next)
    {
        var spec = "";
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0) (field, spec) = (field[..colon], field[(colon + 1)..]);
        var conversion = '\0';
        if (field.Length >= 2 && field[^2] == '!') (field, conversion) = (field[..^2], field[^1]);
        var value = Value(field, arguments, ref next);
        if (conversion == 'r') value = PyText.Repr(value);
        else if (conversion == 's') value = PyText.Str(value);
        if (spec.Contains('{', StringComparison.Ordinal))
        {
            var open = spec.IndexOf('{', StringComparison.Ordinal);
            var close = spec.IndexOf('}', open);
            spec = spec[..open] + PyText.Str(Value(spec[(open + 1)..close], arguments, ref next)) + spec[(close + 1)..];
        }
        return FormatSpec.Apply(value, spec);
    }

    private static object? Value(string path, CallArguments arguments, ref int next)
    {
        var end = path.IndexOfAny(['.', '[']);
        var head = end < 0 ? path : path[..end];
        object? value;
        if (head.Length == 0) value = Positional(arguments, next++);
        else if (int.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) value = Positional(arguments, index);
        else if (!arguments.TryGet(-1, head, out value)) throw new JinjaError(ErrorKind.KeyError, PyText.Repr(head), $"pass {head}=... to format()");
        while (end >= 0 && end < path.Length)
        {
            var isItem = path[end] == '[';
            var stop = isItem ? path.IndexOf(']', end) : path.IndexOfAny(['.', '['], end + 1);
            if (stop < 0) stop = path.Length;
            var part = path[(end + 1)..stop];
            value = isItem ? PyMembers.Item(value, long.TryParse(part, out var number) ? number : part) : PyMembers.Attribute(value, part);
            end = isItem ? stop + 1 : stop;
        }
        return value;
    }

    private static object? Positional(CallArguments arguments, int index) => index < arguments.Count
        ? arguments.Positional[index]
        : throw new JinjaError(ErrorKind.IndexError, $"Replacement index {index} out of range for positional args tuple", "pass as many arguments as there are {}");
}
