using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Leat.Host.Rendering;

/// <summary>Boxed values of a batch as text and as JSON. Decimals and 128-bit integers become JSON strings, so that no digit is lost.</summary>
internal static class ValueText
{
    /// <summary>Text for tables and CSV; null for NULL.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString(time.TimeOfDay.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IDictionary or IEnumerable => Json(value)!.ToJsonString(),
        _ => value.ToString(),
    };

    /// <summary>JSON of a value; null for NULL.</summary>
    public static JsonNode? Json(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        string text => text,
        sbyte or short or int or long or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => number,
        double number => double.IsFinite(number) ? number : number.ToString(CultureInfo.InvariantCulture),
        float number => float.IsFinite(number) ? number : number.ToString(CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        IDictionary map => new JsonObject(map.Keys.Cast<object>().Select(key => KeyValuePair.Create(Of(key) ?? "", Json(map[key])))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Json)]),
        _ => Of(value),
    };
}
