namespace Leat.Log;

/// <summary>What readers may see at one instant. Immutable; the writer publishes a new one after each commit.</summary>
/// <param name="Segments">Oldest first, at least one; all but the last are sealed.</param>
/// <param name="StartOffset">First offset kept.</param>
/// <param name="EndOffsetExcl">End of what is durable.</param>
/// <param name="LastBytes">Bytes of the last segment that are durable.</param>
internal sealed record PartitionView(Segment[] Segments, long StartOffset, long EndOffsetExcl, long LastBytes)
{
    /// <summary>Newest record time; -1 when empty.</summary>
    public long MaxTimestampMs { get; init; }

    /// <summary>End of what belongs to no open transaction.</summary>
    public long StableEndExcl { get; init; }

    /// <summary>Aborted transactions, by the offset of their marker.</summary>
    public AbortedRange[] Aborted { get; init; } = [];

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

    /// <summary>Aborted transactions that have records or their marker in the range.</summary>
    public List<AbortedTransaction> AbortedIn(long fromOffset, long toOffsetExcl)
    {
        var found = new List<AbortedTransaction>();
        for (var i = FirstAbortAtOrAfter(fromOffset); i < Aborted.Length; i++)
        {
            var range = Aborted[i];
            if (range.FirstOffset < toOffsetExcl) found.Add(new AbortedTransaction(range.ProducerId, range.FirstOffset));
            if (range.StableAfter >= toOffsetExcl) break;
        }
        return found;
    }

    /// <summary>Whether the batch belongs to an aborted transaction.</summary>
    public bool IsAborted(in BatchHeader header)
    {
        for (var i = FirstAbortAtOrAfter(header.BaseOffset); i < Aborted.Length; i++)
        {
            if (Aborted[i].ProducerId == header.ProducerId) return Aborted[i].FirstOffset <= header.BaseOffset;
        }
        return false;
    }

    private int FirstAbortAtOrAfter(long offset)
    {
        var (low, high) = (0, Aborted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Aborted[middle].MarkerOffset < offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
