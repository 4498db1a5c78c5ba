using System.Diagnostics.CodeAnalysis;

namespace Leat.Core;

/// <summary>What can be wrong with values on their way into a batch.</summary>
internal static class BatchErrors
{
    public static LeatException DoesNotFit(object? value, Field field) => new(
        "LEAT1080", $"value {Show(value)} does not fit type {field.Type}", $"column '{field.Name}'", "widen the column's type, or convert the value before it is written");

    public static LeatException NotUtf8(Field field, int length) => new(
        "LEAT1081", $"text of {length} bytes is not valid UTF-8", $"column '{field.Name}'", "declare the source's encoding, or make the column a BLOB");

    public static LeatException Corrupt(string what) => new(
        "LEAT1082", $"the bytes of a stored batch cannot be read: {what}", "stored batch", "remove the file or state it came from; it was cut short, damaged or written by a newer Leat", Fault.External);

    [DoesNotReturn]
    public static void ThrowWrongRow(int row, Field field, int values) =>
        throw new InvalidOperationException($"row {row}: column '{field.Name}' got {values} values, each row needs exactly 1");

    private static string Show(object? value)
    {
        var text = value?.ToString() ?? "NULL";
        return $"'{(text.Length > 60 ? text[..60] + "..." : text)}' ({value?.GetType().Name ?? "null"})";
    }
}
