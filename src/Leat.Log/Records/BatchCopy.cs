namespace Leat.Log;

/// <summary>Makes readable batches of stored ones: packed ones are unpacked, those of aborted transactions are marked so that the walk passes over them.</summary>
internal static class BatchCopy
{
    /// <param name="bytes">Valid batches.</param>
    /// <param name="view">Tells aborted ones.</param>
    /// <param name="maxBytes">Stop after about so many unpacked bytes, but not before one batch.</param>
    /// <param name="where">Place for error messages.</param>
    /// <param name="taken">What was copied; its bytes are those of <paramref name="bytes"/>.</param>
    /// <exception cref="Core.LeatException">LEAT2022 a codec is missing, or the packed bytes are damaged.</exception>
    public static UnpackedBuffer Make(ReadOnlySpan<byte> bytes, PartitionView view, int maxBytes, string where, out CheckedBatches taken)
    {
        var copy = new UnpackedBuffer(Math.Max(64 << 10, bytes.Length * 2), int.MaxValue - 1);
        try
        {
            var (at, records, next) = (0, 0, 0L);
            while (at < bytes.Length && (at == 0 || copy.Length < maxBytes))
            {
                var header = BatchHeader.Read(bytes[at..]);
                var batch = bytes.Slice(at, (int)header.TotalBytes);
                var hidden = header.IsControl || (header.IsTransactional && view.IsAborted(header));
                if (hidden) Hide(batch, header, copy);
                else if (header.Compression == Compression.None) copy.Append(batch);
                else Unpack(batch, header, copy, where);
                if (!hidden) records += header.Count;
                (at, next) = (at + batch.Length, header.EndOffsetExcl);
            }
            taken = new CheckedBatches(at, next, null, true, records);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private static void Hide(ReadOnlySpan<byte> batch, BatchHeader header, UnpackedBuffer copy)
    {
        var start = copy.Length;
        copy.Append(batch[..BatchHeader.Size]);
        var attributes = (short)((header.Attributes & ~BatchHeader.CompressionMask) | BatchHeader.ControlBit);
        (header with { Attributes = attributes, Length = BatchHeader.Size - BatchHeader.BeforeLength, Count = 0 }).Write(copy.At(start, BatchHeader.Size));
    }

    private static void Unpack(ReadOnlySpan<byte> batch, in BatchHeader header, UnpackedBuffer copy, string where)
    {
        if (!Codecs.TryGet(header.Compression, out var codec)) throw LogErrors.Packed(where, header.Compression);
        try
        {
            BatchPacking.Unpack(batch, header, codec, copy);
        }
        catch (InvalidDataException e)
        {
            throw LogErrors.Packed($"{where} offset {header.BaseOffset}", header.Compression, e);
        }
    }
}
