using System.Globalization;
using Leat.Core;

namespace Leat.Ingest;

/// <summary>Names of types in source files.</summary>
internal static class FieldTypes
{
    private static readonly Dictionary<string, DataType> Plain = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = DataType.Text, ["varchar"] = DataType.Text, ["string"] = DataType.Text, ["boolean"] = DataType.Boolean, ["bool"] = DataType.Boolean,
        ["tinyint"] = DataType.Int8, ["smallint"] = DataType.Int16, ["integer"] = DataType.Int32, ["int"] = DataType.Int32, ["bigint"] = DataType.Int64,
        ["float"] = DataType.Float32, ["double"] = DataType.Float64, ["date"] = DataType.Date, ["timestamp"] = DataType.Timestamp, ["timestamptz"] = DataType.TimestampTz,
        ["uuid"] = DataType.Uuid,
    };

    public static IReadOnlyList<string> Names { get; } = [.. Plain.Keys, "decimal(p,s)"];

    /// <summary>The type of the name, for example <c>bigint</c> or <c>decimal(18,3)</c>.</summary>
    public static bool TryParse(string text, out DataType type)
    {
        if (Plain.TryGetValue(text, out type!)) return true;
        type = DataType.Text;
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith(')') || !text[..open].Trim().Equals("decimal", StringComparison.OrdinalIgnoreCase)) return false;
        var parts = text[(open + 1)..^1].Split(',');
        if (parts.Length != 2 || !TryNumber(parts[0], out var width) || !TryNumber(parts[1], out var scale) || width is < 1 or > 38 || scale > width) return false;
        type = DataType.Decimal(width, scale);
        return true;
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
