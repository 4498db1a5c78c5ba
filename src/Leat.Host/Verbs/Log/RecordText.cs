using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Leat.Log;

namespace Leat.Host.Verbs;

/// <summary>Records for people and as JSON. Bytes that are not text never reach a terminal as they are.</summary>
internal static class RecordText
{
    private static readonly SearchValues<byte> Unsafe = SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b != '\t').Select(b => (byte)b), 127]);
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line: place, time, key, value, headers.</summary>
    public static string Line(TopicPartition partition, in LogRecord record)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{partition}@{record.Offset}  {TopicText.Time(Math.Max(0, record.TimestampMs))}  {(record.HasKey ? Shown(record.Key) : "-")}  {(record.IsTombstone ? "null" : Shown(record.Value))}");
        foreach (var header in record.Headers) line.Append("  ").Append(Shown(header.Name)).Append('=').Append(Shown(header.Value));
        return line.ToString();
    }

    /// <summary>One JSON object on one line. Where bytes are not UTF-8 text, the member is called key_base64 or value_base64.</summary>
    public static string Json(TopicPartition partition, in LogRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("topic", partition.Topic);
            json.WriteNumber("partition", partition.Partition);
            json.WriteNumber("offset", record.Offset);
            json.WriteString("time", TopicText.Time(Math.Max(0, record.TimestampMs)));
            Write(json, "key", record.Key, !record.HasKey);
            Write(json, "value", record.Value, record.IsTombstone);
            json.WriteStartArray("headers");
            foreach (var header in record.Headers)
            {
                json.WriteStartObject();
                json.WriteString("name", header.Name);
                Write(json, "value", header.Value, false);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes, bool isNull)
    {
        if (isNull) json.WriteNull(name);
        else if (Utf8.IsValid(bytes)) json.WriteString(name, bytes);
        else json.WriteBase64String(name + "_base64", bytes);
    }

    /// <summary>Text as it is; other bytes, line ends and control characters as \xNN.</summary>
    private static string Shown(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes) && !bytes.ContainsAny(Unsafe) && !HasControl(bytes)) return Encoding.UTF8.GetString(bytes);
        var shown = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var used);
            if (status == OperationStatus.Done && !Rune.IsControl(rune)) shown.Append(rune.ToString());
            else foreach (var b in bytes[..used]) shown.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
            bytes = bytes[used..];
        }
        return shown.ToString();
    }

    /// <summary>C1 control characters, which terminals obey too: U+0080 to U+009F.</summary>
    private static bool HasControl(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)0xC2); at >= 0;)
        {
            if (text[at + 1] < 0xA0) return true;
            var next = text[(at + 2)..].IndexOf((byte)0xC2);
            at = next < 0 ? -1 : at + 2 + next;
        }
        return false;
    }
}
