using System.Globalization;
using System.Numerics;

namespace Leat.Models;

/// <summary>Types of CSV columns by trial, in dbt's order: integer, number, date, datetime, boolean, text. Empty and 'null' are NULL.</summary>
internal static class SeedTypes
{
    private static readonly string[] DateTimes = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    public static bool IsNull(string text) => text.Length == 0 || text.Equals("null", StringComparison.OrdinalIgnoreCase);

    public static string Of(IEnumerable<string> values)
    {
        var given = values.Select(v => v.Trim()).Where(v => !IsNull(v)).ToList();
        if (given.Count == 0) return "integer";
        if (given.TrueForAll(IsInteger)) return given.TrueForAll(v => int.TryParse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) ? "integer" : "bigint";
        if (given.TrueForAll(IsNumber)) return "float8";
        if (given.TrueForAll(v => DateOnly.TryParseExact(v, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))) return "date";
        if (given.TrueForAll(v => DateTime.TryParseExact(v, DateTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))) return "timestamp";
        return given.TrueForAll(v => v.Equals("true", StringComparison.OrdinalIgnoreCase) || v.Equals("false", StringComparison.OrdinalIgnoreCase)) ? "boolean" : "text";
    }

    private static bool IsInteger(string text) => BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= long.MinValue && value <= long.MaxValue;

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
}
