namespace Leat.Log;

/// <summary>Finds the idempotency key in a batch.</summary>
internal static unsafe class BatchKey
{
    /// <summary>Hash of the key on the first record of a valid batch; false when it has none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> batch, out UInt128 key)
    {
        key = default;
        if (batch.Length == BatchHeader.Size || BatchHeader.Read(batch) is { Compression: not 0 } or { IsControl: true }) return false;
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
