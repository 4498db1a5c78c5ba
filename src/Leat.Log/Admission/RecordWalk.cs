namespace Leat.Log;

/// <summary>Walks over the plain records of a batch to see that every one of them can be read.</summary>
internal static unsafe class RecordWalk
{
    /// <param name="records">Everything after the header.</param>
    /// <param name="count">Records that must be there.</param>
    /// <param name="keysRequired">The topic is compacted, so that each record needs a key.</param>
    /// <param name="maxDelta">Largest time, relative to the batch.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Check(ReadOnlySpan<byte> records, int count, bool keysRequired, out long maxDelta)
    {
        maxDelta = long.MinValue;
        fixed (byte* start = records)
        {
            var at = start;
            var end = start + records.Length;
            for (var i = 0; i < count; i++)
            {
                if (!RecordFields.TryRead(ref at, end, out var fields)) return $"record {i + 1} of {count} cannot be read";
                if (fields.OffsetDelta != i) return $"record {i + 1} of {count} is numbered {fields.OffsetDelta}";
                if (keysRequired && fields.KeyLength < 0) return $"record {i + 1} of {count} has no key, which a compacted topic needs";
                if (!HeadersFit(fields)) return $"the headers of record {i + 1} of {count} cannot be read";
                if (fields.TimestampDelta > maxDelta) maxDelta = fields.TimestampDelta;
            }
            return at == end ? null : $"{end - at} bytes follow the last record";
        }
    }

    private static bool HeadersFit(in RecordFields fields)
    {
        if (fields.HeaderCount == 0) return fields.HeadersLength == 0;
        if (fields.HeaderCount < 0) return false;
        var at = fields.Headers;
        var end = at + fields.HeadersLength;
        for (var i = 0; i < fields.HeaderCount; i++)
        {
            if (!TrySkip(ref at, end, nullable: false) || !TrySkip(ref at, end, nullable: true)) return false;
        }
        return at == end;
    }

    private static bool TrySkip(ref byte* at, byte* end, bool nullable)
    {
        if (!Varint.TryRead(ref at, end, out var length) || length > end - at || length < (nullable ? -1 : 0)) return false;
        if (length > 0) at += length;
        return true;
    }
}
