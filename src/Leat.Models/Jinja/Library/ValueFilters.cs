using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Leat.Models.Jinja;

/// <summary>Filters on single values: conversions, defaults, numbers, JSON.</summary>
internal static partial class ValueFilters
{
    public static readonly Dictionary<string, Func<object?, CallArguments, object?>> All = new(StringComparer.Ordinal)
    {
        ["default"] = Default,
        ["d"] = Default,
        ["int"] = Int,
        ["float"] = Float,
        ["abs"] = (v, _) => v is Undefined missing ? throw missing.Error() : PyCompare.Order(v, 0L, "<") < 0 ? PyMath.Negate(v) : v,
        ["round"] = Round,
        ["attr"] = (v, a) => Attr(v, a.Text(0, "name", "attr")),
        ["tojson"] = ToJson,
        ["pprint"] = (v, _) => PyText.Repr(v),
        ["filesizeformat"] = FileSize,
        ["as_text"] = (v, _) => v,
        ["as_bool"] = (v, _) => v,
        ["as_native"] = (v, _) => v,
        ["as_number"] = (v, _) => v,
    };

    [GeneratedRegex(@"^\s*[+-]?\d+(_\d+)*\s*$")]
    private static partial Regex Integer { get; }

    private static object? Default(object? value, CallArguments arguments)
    {
        var replace = value is Undefined || (arguments.Flag(1, "boolean") && !PyTruth.Of(value));
        return replace ? arguments.Get(0, "default_value", "") : value;
    }

    private static object? Int(object? value, CallArguments arguments)
    {
        var fallback = arguments.Get(0, "default", 0L);
        var numberBase = (int)arguments.Integer(1, "base", 10);
        switch (value)
        {
            case bool flag: return flag ? 1L : 0L;
            case long or BigInteger: return value;
            case double number when double.IsFinite(number): return PyNumbers.Shrink(new BigInteger(number));
            case decimal number: return PyNumbers.Shrink(new BigInteger(number));
            case string text when numberBase != 10: return Based(text, numberBase, fallback);
            case string text when Integer.IsMatch(text): return PyNumbers.Shrink(BigInteger.Parse(text.Replace("_", "", StringComparison.Ordinal).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
            case string text when TryFloat(text, out var number) && double.IsFinite(number): return PyNumbers.Shrink(new BigInteger(number));
            default: return fallback;
        }
    }

    private static object? Based(string text, int numberBase, object? fallback)
    {
        var digits = text.Trim().ToLowerInvariant();
        var negative = digits.StartsWith('-');
        digits = digits.TrimStart('-', '+');
        foreach (var (prefix, meaning) in new[] { ("0x", 16), ("0o", 8), ("0b", 2) })
            if (digits.StartsWith(prefix, StringComparison.Ordinal) && (numberBase == meaning || numberBase == 0)) (digits, numberBase) = (digits[2..], meaning);
        if (digits.Length == 0 || numberBase is < 2 or > 36 || digits.Any(c => !char.IsAsciiLetterOrDigit(c) || (char.IsDigit(c) ? c - '0' : c - 'a' + 10) >= numberBase)) return fallback;
        var value = PyNumbers.ParseInteger(digits, numberBase);
        return negative ? PyMath.Negate(value) : value;
    }

    private static object? Float(object? value, CallArguments arguments) => value switch
    {
        bool or long or BigInteger or double or decimal => PyNumbers.ToDouble(value),
        string text when TryFloat(text, out var number) => number,
        _ => arguments.Get(0, "default", 0.0),
    };

    private static bool TryFloat(string text, out double number) =>
        double.TryParse(text.Trim().Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static object? Round(object? value, CallArguments arguments)
    {
        var places = (int)arguments.Integer(0, "precision", 0);
        var method = PyText.Str(arguments.Get(1, "method", "common"));
        if (value is Undefined missing) throw missing.Error();
        if (method == "common")
        {
            if (value is decimal exact) return decimal.Round(exact, Math.Clamp(places, 0, 28), MidpointRounding.ToEven);
            if (PyTypes.IsInteger(value) && places >= 0) return value;
            if (places < 0) return Math.Round(PyNumbers.ToDouble(value) * Math.Pow(10, places), MidpointRounding.ToEven) * Math.Pow(10, -places);
            return double.Parse(PyNumbers.Fixed(PyNumbers.ToDouble(value), places), CultureInfo.InvariantCulture);
        }
        var scale = Math.Pow(10, places);
        var scaled = PyNumbers.ToDouble(value) * scale;
        return method switch
        {
            "ceil" => Math.Ceiling(scaled) / scale,
            "floor" => Math.Floor(scaled) / scale,
            _ => throw new JinjaError(ErrorKind.ValueError, "method must be common, ceil or floor", "use one of the three"),
        };
    }

    private static object? Attr(object? value, string name)
    {
        var found = value is PyDict ? Undefined.Member(value, name) : PyMembers.Attribute(value, name);
        return value is PyDict dict && DictMethods.Find(dict, name) is { } method ? new PyFunction(name, method) : found;
    }

    private static string ToJson(object? value, CallArguments arguments)
    {
        var json = PyJson.Write(value, sortKeys: true, (int)arguments.Integer(0, "indent", -1));
        return json.Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal).Replace("'", "\\u0027", StringComparison.Ordinal);
    }

    private static string FileSize(object? value, CallArguments arguments)
    {
        var bytes = PyNumbers.ToDouble(value is string ? Float(value, CallArguments.None) : value);
        var binary = arguments.Flag(0, "binary");
        var unit = binary ? 1024.0 : 1000.0;
        if (bytes == 1) return "1 Byte";
        if (bytes < unit) return $"{(long)bytes} Bytes";
        string[] names = binary ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"] : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
        var index = 0;
        for (bytes /= unit; bytes >= unit && index < names.Length - 1; index++) bytes /= unit;
        return $"{PyNumbers.Fixed(bytes, 1)} {names[index]}";
    }
}
