using Leat.Streams.Execution;
using Leat.Streams.Time;

namespace Leat.Streams.Inspection;

/// <summary>What is read of a partition in one run, and what waits. Measured by the coordinator, read by all.</summary>
internal sealed class PartitionGauge(SourcePlan source, PartitionProgress progress)
{
    private readonly long _start = progress.Offset;
    private long _waiting;
    private long _versions = -1;

    public SourcePlan Source => source;

    /// <summary>Records appended but not yet read.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>Records read since the run began.</summary>
    public long Read => progress.Cursor is null ? Math.Max(0, progress.Offset - _start) : progress.RowsRead;

    public async Task MeasureAsync(RunParts parts)
    {
        var lag = await source.LagAsync(progress, parts, CancellationToken.None).ConfigureAwait(false);
        Interlocked.Exchange(ref _waiting, lag.Rows);
        Interlocked.Exchange(ref _versions, lag.Versions ?? -1);
    }

    public PartitionFigures Figures() => new(progress.Source, progress.Partition.Partition, Waiting, Watermarks.TimeOf(progress.Watermark), progress.IsIdle, progress.IsCaughtUp)
    {
        VersionsWaiting = Interlocked.Read(ref _versions) is >= 0 and var versions ? versions : null,
    };
}
