namespace Leat.Log;

/// <summary>What readers may see at one instant. Immutable; the writer publishes a new one after each commit.</summary>
/// <param name="Segments">Oldest first, at least one; all but the last are sealed.</param>
/// <param name="EndOffsetExcl">End of what is durable.</param>
/// <param name="LastBytes">Bytes of the last segment that are durable.</param>
/// <param name="MaxTimestampMs">Newest record time; -1 when empty.</param>
internal sealed record PartitionView(Segment[] Segments, long EndOffsetExcl, long LastBytes, long MaxTimestampMs)
{
    public long StartOffset => Segments[0].BaseOffset;

    public long SizeBytes => Segments[..^1].Sum(s => s.SizeBytes) + LastBytes;

    /// <summary>Readable bytes of segment number <paramref name="index"/>.</summary>
    public long BytesOf(int index) => index == Segments.Length - 1 ? LastBytes : Segments[index].SizeBytes;

    /// <summary>End of the readable records of segment number <paramref name="index"/>.</summary>
    public long EndOf(int index) => index == Segments.Length - 1 ? EndOffsetExcl : Segments[index].EndOffsetExcl;

    /// <summary>The segment that holds <paramref name="offset"/>, or the last one before it.</summary>
    public int IndexOf(long offset)
    {
        var (low, high) = (0, Segments.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Segments[middle].BaseOffset <= offset) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
