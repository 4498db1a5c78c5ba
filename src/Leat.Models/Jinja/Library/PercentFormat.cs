using System.Globalization;
using System.Text.RegularExpressions;

namespace Leat.Models.Jinja;

/// <summary>'%s and %02d' % (a, b).</summary>
internal static partial class PercentFormat
{
    [GeneratedRegex(@"%(?:\((?<key>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\*|\d+)?(?:\.(?<precision>\d+))?(?<type>.)", RegexOptions.Singleline)]
    private static partial Regex Pattern { get; }

    public static string Apply(string format, object? values)
    {
        var items = values is PyTuple tuple ? tuple.Items : [values];
        var next = 0;
        object? Next() => next < items.Length ? items[next++] : throw new JinjaError(ErrorKind.TypeError, "not enough arguments for format string", "pass one value for each %");
        var text = Pattern.Replace(format, match =>
        {
            if (match.Groups["type"].Value == "%") return "%";
            var value = match.Groups["key"].Success ? PyMembers.Item(values, match.Groups["key"].Value) : Next();
            return One(match, value);
        });
        if (next < items.Length && values is PyTuple or not PyDict && next < items.Length && !(values is PyDict))
            throw new JinjaError(ErrorKind.TypeError, "not all arguments converted during string formatting", "write one % for each value");
        return text;
    }

    private static string One(Match match, object? value)
    {
        var type = match.Groups["type"].Value;
        var flags = match.Groups["flags"].Value;
        var width = match.Groups["width"].Value;
        var precision = match.Groups["precision"].Success ? "." + match.Groups["precision"].Value : "";
        var align = flags.Contains('-', StringComparison.Ordinal) ? "<" : "";
        var sign = flags.Contains('+', StringComparison.Ordinal) ? "+" : flags.Contains(' ', StringComparison.Ordinal) ? " " : "";
        var zero = flags.Contains('0', StringComparison.Ordinal) && align.Length == 0 ? "0" : "";
        switch (type)
        {
            case "s": return FormatSpec.Apply(PyText.Str(value), (align.Length == 0 && width.Length > 0 ? ">" : align) + width + precision);
            case "r": return FormatSpec.Apply(PyText.Repr(value), (align.Length == 0 && width.Length > 0 ? ">" : align) + width + precision);
            case "d" or "i" or "u":
                if (!PyTypes.IsNumber(value)) throw new JinjaError(ErrorKind.TypeError, $"%{type} format: a real number is required, not {PyTypes.NameOf(value)}", "convert with |int");
                return FormatSpec.Apply(PyNumbers.Shrink(PyNumbers.ToBig(value!)), align + sign + zero + width + "d");
            case "f" or "F" or "e" or "E" or "g" or "G":
                return FormatSpec.Apply(value is decimal ? value : PyNumbers.ToDouble(value), align + sign + zero + width + precision + type);
            case "x" or "X" or "o":
                return FormatSpec.Apply(value, align + sign + (flags.Contains('#', StringComparison.Ordinal) ? "#" : "") + zero + width + type);
            case "c":
                return value is string text ? text : ((char)PyNumbers.ToLong(value)).ToString();
            default:
                throw new JinjaError(ErrorKind.ValueError, string.Create(CultureInfo.InvariantCulture, $"unsupported format character '{type}'"), "use %s, %d or %f");
        }
    }
}
