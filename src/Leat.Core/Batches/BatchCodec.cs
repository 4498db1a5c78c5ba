using System.Buffers;
using System.Buffers.Binary;

namespace Leat.Core;

/// <summary>Batches as bytes, with their schema: for state, spooling and sending within Leat. No checksum: whoever stores the bytes guards them.</summary>
/// <remarks>Frame: version (1 byte), length of the rest (4 bytes, little-endian), schema, row count, then each column's vectors. NULLs take no room but their bit and are written as zeros, so equal batches give equal bytes.</remarks>
public static class BatchCodec
{
    internal const byte Version = 1;
    private const int HeaderBytes = 5;

    /// <summary>Appends the frame of <paramref name="batch"/>, which stays the caller's.</summary>
    public static void Write(Batch batch, IBufferWriter<byte> target) => target.Write(Frame(batch).WrittenSpan);

    /// <inheritdoc cref="Write(Batch, IBufferWriter{byte})"/>
    public static void Write(Batch batch, Stream target) => target.Write(Frame(batch).WrittenSpan);

    /// <summary>The batch at the start of <paramref name="bytes"/>, the caller's to dispose; nothing of it points into the bytes.</summary>
    /// <param name="bytes">One frame, and anything after it.</param>
    /// <param name="consumed">Bytes of the frame.</param>
    /// <exception cref="LeatException">LEAT1082 cut short, damaged or of a newer version.</exception>
    public static Batch Read(ReadOnlySpan<byte> bytes, out int consumed)
    {
        if (bytes.Length < HeaderBytes) throw BatchErrors.Corrupt($"{bytes.Length} bytes are no frame");
        var length = PayloadLength(bytes);
        if (length > bytes.Length - HeaderBytes) throw BatchErrors.Corrupt($"{bytes.Length - HeaderBytes} bytes where {length} should follow");
        consumed = HeaderBytes + length;
        return ReadPayload(bytes.Slice(HeaderBytes, length));
    }

    /// <summary>The next batch of a stream, or null at its end.</summary>
    /// <exception cref="LeatException">LEAT1082 cut short, damaged or of a newer version.</exception>
    public static Batch? Read(Stream source)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var got = source.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (got == 0) return null;
        if (got < HeaderBytes) throw BatchErrors.Corrupt($"{got} bytes are no frame");
        var length = PayloadLength(header);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            got = source.ReadAtLeast(rented.AsSpan(0, length), length, throwOnEndOfStream: false);
            if (got < length) throw BatchErrors.Corrupt($"{got} bytes where {length} should follow");
            return ReadPayload(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static ArrayBufferWriter<byte> Frame(Batch batch)
    {
        var writer = new ArrayBufferWriter<byte>(1024);
        var sink = new BatchSink(writer);
        sink.Block(HeaderBytes).Clear();
        sink.Schema(batch.Schema);
        sink.Number((ulong)batch.RowCount);
        for (var i = 0; i < batch.ColumnCount; i++)
            foreach (var vector in batch[i].Vectors) VectorWriter.Write(sink, vector, new RowSet(0, vector.Count));
        var header = System.Runtime.InteropServices.MemoryMarshal.AsMemory(writer.WrittenMemory).Span;
        header[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(header[1..], writer.WrittenCount - HeaderBytes);
        return writer;
    }

    private static int PayloadLength(ReadOnlySpan<byte> header)
    {
        if (header[0] != Version) throw BatchErrors.Corrupt($"version {header[0]}, this Leat reads version {Version}");
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[1..]);
        return length >= 0 ? length : throw BatchErrors.Corrupt($"length {length}");
    }

    private static Batch ReadPayload(ReadOnlySpan<byte> payload)
    {
        var source = new BatchSource(payload);
        var schema = source.Schema();
        var rows = (int)source.Number(Batch.MaxRows);
        var arena = new NativeArena();
        try
        {
            var columns = new List<System.Collections.Immutable.ImmutableArray<ColumnVector>>(schema.Count);
            foreach (var field in schema)
            {
                var vectors = System.Collections.Immutable.ImmutableArray.CreateBuilder<ColumnVector>();
                for (var left = rows; left > 0; left -= ColumnVector.Capacity) vectors.Add(VectorReader.Read(ref source, field.Type, Math.Min(left, ColumnVector.Capacity), arena));
                columns.Add(vectors.ToImmutable());
            }

            return new Batch(schema, rows, [.. columns], arena);
        }
        catch
        {
            arena.Dispose();
            throw;
        }
    }
}
