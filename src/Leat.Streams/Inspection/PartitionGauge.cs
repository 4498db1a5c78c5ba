using Leat.Streams.Execution;
using Leat.Streams.Time;

namespace Leat.Streams.Inspection;

/// <summary>What is read of a partition in one run, and what waits. Measured by the coordinator, read by all.</summary>
internal sealed class PartitionGauge(SourcePlan source, PartitionProgress progress)
{
    private readonly long _start = progress.Offset;
    private long _waiting;

    public SourcePlan Source => source;

    /// <summary>Records appended but not yet read.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>Records read since the run began.</summary>
    public long Read => Math.Max(0, progress.Offset - _start);

    public async Task MeasureAsync(RunParts parts)
    {
        var end = await source.EndOffsetAsync(progress, parts, CancellationToken.None).ConfigureAwait(false);
        Interlocked.Exchange(ref _waiting, Math.Max(0, end - progress.Offset));
    }

    public PartitionFigures Figures() => new(progress.Source, progress.Partition.Partition, Waiting, Watermarks.TimeOf(progress.Watermark), progress.IsIdle, progress.IsCaughtUp);
}
