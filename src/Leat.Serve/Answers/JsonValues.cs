using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Leat.Core;

namespace Leat.Serve.Answers;

/// <summary>
/// How values look in JSON. Numbers that JavaScript cannot hold exactly by type (DECIMAL, HUGEINT, UBIGINT) are strings; BIGINT is a number;
/// times are ISO 8601 in UTC with Z; blobs are base64; NaN and infinities are strings.
/// </summary>
internal static class JsonValues
{
    /// <summary>Writes <c>[{"name","type","json"}]</c>; <c>json</c> is the JSON type of the column's values.</summary>
    public static void WriteColumns(Utf8JsonWriter json, Schema schema)
    {
        json.WriteStartArray();
        foreach (var field in schema)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("type", field.Type.ToString());
            json.WriteString("json", JsonType(field.Type.Kind));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteRows(Utf8JsonWriter json, ImmutableArray<ImmutableArray<object?>> rows)
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartArray();
            foreach (var value in row) Write(json, value);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case long number: json.WriteNumberValue(number); break;
            case int or short or sbyte or byte or ushort or uint: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double number: WriteDouble(json, number); break;
            case float number: WriteDouble(json, number); break;
            case decimal or ulong or Int128 or UInt128 or BigInteger: json.WriteStringValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)); break;
            case DateTime time: json.WriteStringValue(Time(time)); break;
            case DateTimeOffset time: json.WriteStringValue(Time(time.UtcDateTime)); break;
            case DateOnly date: json.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case TimeOnly time: json.WriteStringValue(time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case Guid id: json.WriteStringValue(id); break;
            case TimeSpan sinceMidnight: json.WriteStringValue(Clock(sinceMidnight)); break;
            case IntervalValue interval: json.WriteStringValue(Duration(interval)); break;
            case TimeWithOffset time: json.WriteStringValue(Zoned(time)); break;
            case UnionValue union: WriteMap(json, [new(union.Member, union.Value)]); break;
            case List<KeyValuePair<object?, object?>> map: WriteMap(json, map); break;
            case IDictionary<string, object?> map: WriteMap(json, map.Select(m => new KeyValuePair<object?, object?>(m.Key, m.Value))); break;
            case IEnumerable items: WriteItems(json, items); break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    /// <summary>ISO 8601 with Z and as many fraction digits as needed.</summary>
    public static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static void WriteDouble(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number)) json.WriteNumberValue(number);
        else json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteMap(Utf8JsonWriter json, IEnumerable<KeyValuePair<object?, object?>> members)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
        {
            json.WritePropertyName(Convert.ToString(name, CultureInfo.InvariantCulture) ?? "");
            Write(json, value);
        }
        json.WriteEndObject();
    }

    /// <summary>00:00:00 to 24:00:00.</summary>
    private static string Clock(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{Fraction(time.Ticks % TimeSpan.TicksPerSecond)}");

    private static string Zoned(TimeWithOffset time) =>
        Clock(time.Time) + (time.Offset < TimeSpan.Zero ? "-" : "+") + time.Offset.Duration().ToString(time.Offset.Seconds == 0 ? "hh':'mm" : "hh':'mm':'ss", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601: P1M2DT3.5S; parts that are zero are left out.</summary>
    private static string Duration(IntervalValue interval)
    {
        var months = interval.Months == 0 ? "" : $"{interval.Months}M";
        var days = interval.Days == 0 ? "" : $"{interval.Days}D";
        var seconds = (decimal)interval.Microseconds / 1_000_000;
        var time = interval.Microseconds == 0 && (months + days).Length > 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"T{seconds:0.######}S");
        return $"P{months}{days}{time}";
    }

    private static string Fraction(long ticks) => ticks == 0 ? "" : "." + ticks.ToString("0000000", CultureInfo.InvariantCulture).TrimEnd('0');

    private static void WriteItems(Utf8JsonWriter json, IEnumerable items)
    {
        json.WriteStartArray();
        foreach (var item in items) Write(json, item);
        json.WriteEndArray();
    }

    private static string JsonType(TypeKind kind) => kind switch
    {
        TypeKind.Boolean => "boolean",
        TypeKind.Int8 or TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.UInt8 or TypeKind.UInt16 or TypeKind.UInt32 or TypeKind.Float32 or TypeKind.Float64 => "number",
        TypeKind.List or TypeKind.Array => "array",
        TypeKind.Struct or TypeKind.Map => "object",
        TypeKind.Null => "null",
        _ => "string",
    };
}
