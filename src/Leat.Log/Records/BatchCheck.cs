namespace Leat.Log;

/// <summary>Checks batches that were read.</summary>
internal static class BatchCheck
{
    /// <summary>Takes whole, valid batches from the start of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">Batches, the last perhaps cut.</param>
    /// <param name="firstOffset">Where the first batch must begin.</param>
    /// <param name="fromOffset">First record asked for; in the first batch or later.</param>
    public static CheckedBatches Check(ReadOnlySpan<byte> bytes, long firstOffset, long fromOffset)
    {
        var at = 0;
        var expected = firstOffset;
        var count = 0;
        while (bytes.Length - at >= BatchHeader.Size)
        {
            var header = BatchHeader.Read(bytes[at..]);
            if (!header.IsPlausible || header.BaseOffset != expected) return Stop(at, "no batch begins here");
            if (header.TotalBytes > bytes.Length - at) break;
            if (Crc32C.Of(bytes.Slice(at + BatchHeader.CrcStart, (int)header.TotalBytes - BatchHeader.CrcStart)) != header.Crc) return Stop(at, "wrong checksum");
            if (header.Compression != 0) return Stop(at, "compressed", header.Compression);
            at += (int)header.TotalBytes;
            expected = header.EndOffsetExcl;
            if (!header.IsControl) count += header.Count;
        }
        return at == 0 ? new CheckedBatches(default, "cut short") : Whole(at);

        CheckedBatches Whole(int end) => new(new BlockExtent(end, fromOffset, expected, count - (int)(fromOffset - firstOffset)), null);

        CheckedBatches Stop(int end, string problem, int codec = 0) => end == 0 ? new CheckedBatches(default, problem, codec) : Whole(end);
    }
}
