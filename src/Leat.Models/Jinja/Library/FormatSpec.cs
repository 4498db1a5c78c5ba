using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Leat.Models.Jinja;

/// <summary>Python's format specification: [[fill]align][sign][#][0][width][,|_][.precision][type].</summary>
internal static partial class FormatSpec
{
    [GeneratedRegex(@"^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alt>#)?(?<zero>0)?(?<width>\d+)?(?<group>[,_])?(?:\.(?<precision>\d+))?(?<type>[a-zA-Z%])?$", RegexOptions.Singleline)]
    private static partial Regex Pattern { get; }

    public static string Apply(object? value, string spec)
    {
        if (spec.Length == 0) return PyText.Str(value);
        if (value is PyObject special and IFormatsItself own && special is not null) return own.Format(spec);
        var match = Pattern.Match(spec);
        if (!match.Success) throw new JinjaError(ErrorKind.ValueError, $"Invalid format specifier '{spec}' for object of type '{PyTypes.NameOf(value)}'", "see Python's format specification");
        var precision = match.Groups["precision"] is { Success: true } p ? int.Parse(p.Value, CultureInfo.InvariantCulture) : -1;
        var type = match.Groups["type"].Value;
        var isNumber = PyTypes.IsNumber(value) && (value is not bool || type.Length > 0);
        var text = isNumber ? Number(value!, type, precision, match) : Str(value, type, precision);
        return Pad(text, match, isNumber);
    }

    private static string Str(object? value, string type, int precision)
    {
        if (type is not ("" or "s")) throw new JinjaError(ErrorKind.ValueError, $"Unknown format code '{type}' for object of type '{PyTypes.NameOf(value)}'", "use s for strings");
        var text = PyText.Str(value);
        return precision >= 0 && precision < text.Length ? text[..precision] : text;
    }

    private static string Number(object value, string type, int precision, Match match)
    {
        var text = type switch
        {
            "d" or "n" or "" when PyTypes.IsInteger(value) || value is bool => PyNumbers.ToBig(value).ToString(CultureInfo.InvariantCulture),
            "d" => throw new JinjaError(ErrorKind.ValueError, $"Unknown format code 'd' for object of type '{PyTypes.NameOf(value)}'", "use f, or convert with |int"),
            "x" or "X" or "o" or "b" => Radix(PyNumbers.ToBig(value), type, match.Groups["alt"].Success),
            "c" => ((char)PyNumbers.ToLong(value)).ToString(),
            "f" or "F" => Fixed(value, precision < 0 ? 6 : precision),
            "%" => Fixed(value is decimal percent ? percent * 100 : PyNumbers.ToDouble(value) * 100, precision < 0 ? 6 : precision) + "%",
            "e" or "E" => Exponent(PyNumbers.ToDouble(value), precision < 0 ? 6 : precision, type),
            "g" or "G" => General(PyNumbers.ToDouble(value), precision < 0 ? 6 : Math.Max(1, precision)),
            "" when precision >= 0 => General(PyNumbers.ToDouble(value), Math.Max(1, precision)),
            "" => PyText.Str(value),
            _ => throw new JinjaError(ErrorKind.ValueError, $"Unknown format code '{type}' for object of type '{PyTypes.NameOf(value)}'", "see Python's format specification"),
        };
        if (match.Groups["group"].Success) text = Grouped(text, match.Groups["group"].Value);
        var sign = match.Groups["sign"].Value;
        return text.StartsWith('-') || sign is "" or "-" ? text : sign + text;
    }

    private static string Fixed(object value, int places)
    {
        if (value is decimal number) return decimal.Round(number, Math.Min(places, 28), MidpointRounding.ToEven).ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (PyTypes.IsInteger(value)) return PyNumbers.ToBig(value).ToString(CultureInfo.InvariantCulture) + (places > 0 ? "." + new string('0', places) : "");
        return PyNumbers.Fixed(PyNumbers.ToDouble(value), places);
    }

    private static string Exponent(double value, int places, string type)
    {
        var text = value.ToString((type == "e" ? "0." : "0.") + new string('0', places) + "e+00", CultureInfo.InvariantCulture);
        if (places == 0) text = text.Replace(".", "", StringComparison.Ordinal);
        return type == "E" ? text.ToUpperInvariant() : text;
    }

    private static string General(double value, int digits)
    {
        if (value == 0) return "0";
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (exponent < -4 || exponent >= digits)
        {
            var parts = Exponent(value, digits - 1, "e").Split('e');
            return Trim(parts[0]) + "e" + parts[1];
        }
        return Trim(PyNumbers.Fixed(value, Math.Max(0, digits - 1 - exponent)));
    }

    private static string Trim(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    private static string Radix(BigInteger value, string type, bool prefixed)
    {
        var numberBase = type is "x" or "X" ? 16 : type == "o" ? 8 : 2;
        var digits = "";
        for (var rest = BigInteger.Abs(value); rest > 0; rest /= numberBase) digits = "0123456789abcdef"[(int)(rest % numberBase)] + digits;
        if (digits.Length == 0) digits = "0";
        var text = (value.Sign < 0 ? "-" : "") + (prefixed ? "0" + type.ToLowerInvariant() : "") + digits;
        return type == "X" ? text.ToUpperInvariant() : text;
    }

    private static string Grouped(string text, string separator)
    {
        var sign = text.StartsWith('-') ? "-" : "";
        var whole = text[sign.Length..];
        var rest = "";
        var point = whole.IndexOfAny(['.', 'e', '%']);
        if (point >= 0) (whole, rest) = (whole[..point], whole[point..]);
        for (var at = whole.Length - 3; at > 0; at -= 3) whole = whole.Insert(at, separator);
        return sign + whole + rest;
    }

    private static string Pad(string text, Match match, bool isNumber)
    {
        var width = match.Groups["width"] is { Success: true } w ? int.Parse(w.Value, CultureInfo.InvariantCulture) : 0;
        var zero = match.Groups["zero"].Success && !match.Groups["align"].Success;
        var fill = match.Groups["fill"] is { Success: true } f ? f.Value[0] : zero ? '0' : ' ';
        var align = match.Groups["align"] is { Success: true } a ? a.Value : zero ? "=" : isNumber ? ">" : "<";
        var missing = width - text.Length;
        if (missing <= 0) return text;
        var signLength = text[0] is '-' or '+' or ' ' ? 1 : 0;
        return align switch
        {
            "<" => text + new string(fill, missing),
            ">" => new string(fill, missing) + text,
            "^" => new string(fill, missing / 2) + text + new string(fill, missing - (missing / 2)),
            _ => text[..signLength] + new string(fill, missing) + text[signLength..],
        };
    }
}
