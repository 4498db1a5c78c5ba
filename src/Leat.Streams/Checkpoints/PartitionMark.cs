using Leat.Streams.LakeSources;

namespace Leat.Streams.Checkpoints;

/// <summary>Where a partition is read on.</summary>
/// <param name="Topic">Id of the source: its topic, with a number where the job reads the topic more than once.</param>
/// <param name="Partition">Counted from 0.</param>
/// <param name="Offset">Next offset.</param>
/// <param name="Watermark">Ticks since 1970.</param>
/// <param name="Idle">Was released as idle.</param>
internal sealed record PartitionMark(string Topic, int Partition, long Offset, long Watermark, bool Idle)
{
    /// <summary>Where a lake source goes on; null for other sources.</summary>
    public LakeCursor? Lake { get; init; }
}
