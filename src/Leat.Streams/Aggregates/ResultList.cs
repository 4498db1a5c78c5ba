using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Leat.Streams.Sinks;

namespace Leat.Streams.Aggregates;

/// <summary>A result with several entries, as the text of a JSON list of objects: the one form that views, topics, lake tables and SQL all take.</summary>
internal static class ResultList
{
    public const string Empty = "[]";
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IEnumerable<IReadOnlyList<(string Name, object? Value)>> entries)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            writer.WriteStartArray();
            foreach (var entry in entries)
            {
                writer.WriteStartObject();
                foreach (var (name, value) in entry) JsonCell.WriteBoxed(writer, name, value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
