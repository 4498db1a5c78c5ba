using System.Buffers;
using System.Text;
using System.Text.Json;
using Leat.Core;
using Leat.Streams.Keys;
using Leat.Streams.Windows;

namespace Leat.Streams.Sinks;

/// <summary>Result rows of windows as records for topics: the key columns joined by "|" are the key, the last millisecond of the window is the time.</summary>
internal sealed class ResultJson(Schema schema, int keyColumns)
{
    public (byte[] Key, PendingRecord Record) Encode(WindowRow row)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            for (var i = 0; i < schema.Count; i++) JsonCell.WriteBoxed(writer, schema[i].Name, row.Values[i]);
            writer.WriteEndObject();
        }

        var key = Encoding.UTF8.GetBytes(string.Join('|', row.Values.Take(keyColumns).Select(KeyLeaf.Show)));
        var end = ((DateTime)row.Values[keyColumns + 1]!).Ticks - DateTime.UnixEpoch.Ticks;
        return (key, new PendingRecord((end / TimeSpan.TicksPerMillisecond) - 1, key, bytes.WrittenSpan.ToArray(), []));
    }
}
