using System.Buffers;
using System.Text.Json;
using Leat.Core;

namespace Leat.Streams.LakeSources;

/// <summary>Rows of a batch as JSON objects, for what is not in a hurry.</summary>
internal static class BatchJson
{
    /// <param name="batch">Where the row is.</param>
    /// <param name="row">Counted from 0.</param>
    /// <param name="columns">How many columns, from the first on.</param>
    public static byte[] Of(Batch batch, int row, int columns)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            for (var i = 0; i < columns; i++)
            {
                writer.WritePropertyName(batch.Schema[i].Name);
                JsonSerializer.Serialize(writer, batch[i].GetValue(row));
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
