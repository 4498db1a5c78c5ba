using System.Collections;
using System.Globalization;

namespace Leat.Log.Tests;

/// <summary>All leaves of a decoded request as text, sorted: the same for a record of the port and a value of <see cref="WireSchema"/> that hold the same.</summary>
internal static class WireText
{
    public static string Of(object? value) => string.Join(" ", Leaves(value).Order(StringComparer.Ordinal));

    public static IEnumerable<string> Leaves(object? value)
    {
        switch (value)
        {
            case null: return [];
            case string text: return [$"'{text}'"];
            case Memory<byte> memory: return [Convert.ToHexString(memory.Span)];
            case byte[] bytes: return [Convert.ToHexString(bytes)];
            case Guid: return [];
            case bool flag: return [flag ? "true" : "false"];
            case Dictionary<string, object?> fields: return fields.Values.SelectMany(Leaves);
            case IEnumerable items: return items.Cast<object?>().SelectMany(Leaves);
            case ValueType when value.GetType().IsPrimitive: return [Convert.ToString(value, CultureInfo.InvariantCulture)!];
            default: return value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0).SelectMany(p => Leaves(p.GetValue(value)));
        }
    }
}
