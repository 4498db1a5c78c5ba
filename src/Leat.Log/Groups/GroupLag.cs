namespace Leat.Log;

/// <summary>What a group has still to read of a partition.</summary>
/// <param name="Partition">Where.</param>
/// <param name="Committed">Next offset to read.</param>
/// <param name="EndOffsetExcl">End of what readers may see.</param>
public sealed record GroupLag(TopicPartition Partition, long Committed, long EndOffsetExcl)
{
    /// <summary>Records between the two, never below 0.</summary>
    public long Records => Math.Max(0, EndOffsetExcl - Committed);
}
