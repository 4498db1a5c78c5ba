using System.Buffers;
using System.Text;
using System.Text.Json;
using Leat.Core;

namespace Leat.Streams.Sinks;

/// <summary>A row that no record stands for any more, as JSON for a dead-letter or late topic.</summary>
internal static class DerivedJson<T>
{
    private static readonly RowJson<T>? Codec = Create();

    public static byte[] Of(T row)
    {
        if (Codec is null) return JsonSerializer.SerializeToUtf8Bytes(row?.ToString());
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes);
        Codec.Write(writer, row);
        return bytes.WrittenSpan.ToArray();
    }

    private static RowJson<T>? Create()
    {
        try
        {
            return RowJson<T>.Create();
        }
        catch (LeatException)
        {
            return null; // not a type of plain members: its text has to do
        }
    }
}
