namespace Leat.Log;

/// <summary>Checks batches that were read.</summary>
internal static class BatchCheck
{
    /// <summary>Takes whole, valid batches from the start of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">Batches, the last perhaps cut.</param>
    /// <param name="firstOffset">Where the first batch must begin.</param>
    /// <param name="view">Its stable end is not passed; tells aborted batches.</param>
    /// <param name="committedOnly">Whether the view's transactions matter.</param>
    public static CheckedBatches Check(ReadOnlySpan<byte> bytes, long firstOffset, PartitionView view, bool committedOnly)
    {
        var at = 0;
        var expected = firstOffset;
        var records = 0;
        var needsCopy = false;
        string? problem = null;
        var end = committedOnly ? view.StableEndExcl : view.EndOffsetExcl;
        while (bytes.Length - at >= BatchHeader.Size && expected < end)
        {
            var header = BatchHeader.Read(bytes[at..]);
            if (!header.IsPlausible || header.BaseOffset != expected)
            {
                problem = "no batch begins here";
                break;
            }
            if (header.TotalBytes > bytes.Length - at) break;
            if (Crc32C.Of(bytes.Slice(at + BatchHeader.CrcStart, (int)header.TotalBytes - BatchHeader.CrcStart)) != header.Crc)
            {
                problem = "wrong checksum";
                break;
            }
            var hidden = header.IsControl || (committedOnly && header.IsTransactional && view.IsAborted(header));
            needsCopy |= (hidden && !header.IsControl) || header.Compression != Compression.None;
            if (!hidden) records += header.Count;
            at += (int)header.TotalBytes;
            expected = header.EndOffsetExcl;
        }
        return new CheckedBatches(at, expected, at > 0 ? null : problem ?? "cut short", needsCopy, records);
    }
}
