namespace Leat.Log;

/// <summary>Finds the idempotency key in a batch.</summary>
internal static unsafe class BatchKey
{
    /// <summary>Hash of the key on the first record of a valid batch; false when it has none, or is packed with a codec that is not there.</summary>
    public static bool TryFind(ReadOnlySpan<byte> batch, out UInt128 key)
    {
        key = default;
        var header = BatchHeader.Read(batch);
        if (header.Count == 0 || header.IsControl) return false;
        if (header.Compression == Compression.None) return TryFindPlain(batch, out key);
        if (!Codecs.TryGet(header.Compression, out var codec)) return false;
        using var plain = new UnpackedBuffer(Math.Max(4096, batch.Length * 2), BatchPacking.MaxUnpackedBytes);
        try
        {
            BatchPacking.Unpack(batch, header, codec, plain);
        }
        catch (InvalidDataException)
        {
            return false; // reading it tells what is wrong (LEAT2022)
        }
        return TryFindPlain(plain.Filled, out key);
    }

    private static bool TryFindPlain(ReadOnlySpan<byte> batch, out UInt128 key)
    {
        key = default;
        fixed (byte* start = batch)
        {
            var at = start + BatchHeader.Size;
            if (!RecordFields.TryRead(ref at, start + batch.Length, out var fields)) return false;
            foreach (var header in new HeaderEnumerator(fields.Headers, fields.Headers + fields.HeadersLength, fields.HeaderCount))
            {
                if (!header.NameEquals(WellKnownHeaders.IdempotencyKey)) continue;
                key = KeyEntry.HashOf(header.Value);
                return true;
            }
        }
        return false;
    }
}
