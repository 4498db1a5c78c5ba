using System.Globalization;
using System.Text.Json;
using Leat.Core;

namespace Leat.Streams.Sinks;

/// <summary>Writes one member of a row as JSON, in the form that sources read.</summary>
internal static class JsonCell
{
    private const string TimeForm = "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'";

    public static void Write(Utf8JsonWriter to, string name, Text value) => to.WriteString(name, value.Bytes);

    public static void Write(Utf8JsonWriter to, string name, string? value) => to.WriteString(name, value);

    public static void Write(Utf8JsonWriter to, string name, bool value) => to.WriteBoolean(name, value);

    public static void Write(Utf8JsonWriter to, string name, long value) => to.WriteNumber(name, value);

    public static void Write(Utf8JsonWriter to, string name, ulong value) => to.WriteNumber(name, value);

    public static void Write(Utf8JsonWriter to, string name, float value) => to.WriteNumber(name, value);

    public static void Write(Utf8JsonWriter to, string name, double value) => to.WriteNumber(name, value);

    public static void Write(Utf8JsonWriter to, string name, decimal value) => to.WriteNumber(name, value);

    public static void Write(Utf8JsonWriter to, string name, DateTime value) => to.WriteString(name, value.ToString(TimeForm, CultureInfo.InvariantCulture));

    public static void Write(Utf8JsonWriter to, string name, DateOnly value) => to.WriteString(name, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static void Write(Utf8JsonWriter to, string name, Guid value) => to.WriteString(name, value);

    /// <summary>A time as milliseconds since 1970.</summary>
    public static void WriteEpoch(Utf8JsonWriter to, string name, DateTime value) => to.WriteNumber(name, (value - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>A value of a result row. JSON has no infinity and no NaN: they become null, as a result has no record that could be a dead letter.</summary>
    public static void WriteBoxed(Utf8JsonWriter to, string name, object? value)
    {
        switch (value)
        {
            case null or double.NaN or double.PositiveInfinity or double.NegativeInfinity or float.NaN or float.PositiveInfinity or float.NegativeInfinity: to.WriteNull(name); break;
            case Text text: Write(to, name, text); break;
            case string text: Write(to, name, text); break;
            case bool flag: Write(to, name, flag); break;
            case ulong number: Write(to, name, number); break;
            case float number: Write(to, name, number); break;
            case double number: Write(to, name, number); break;
            case decimal number: Write(to, name, number); break;
            case DateTime time: Write(to, name, time); break;
            case DateOnly date: Write(to, name, date); break;
            case Guid id: Write(to, name, id); break;
            default: Write(to, name, Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
