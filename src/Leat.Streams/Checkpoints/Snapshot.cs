using System.Collections.Immutable;
using Leat.Core;
using Leat.Streams.Sinks;

namespace Leat.Streams.Checkpoints;

/// <summary>What was captured while all workers stood still, beside what the operators hold ready; the rest of the checkpoint is made from it while they go on.</summary>
internal sealed record Snapshot(
    long Epoch, long Watermark, bool BeginsFile, bool CommitsLake, ImmutableArray<(LakeSink Sink, ImmutableArray<Batch> New, ImmutableArray<Batch> All)> Rows,
    ImmutableArray<PartitionMark> Partitions, long LateEvents, long DeadEvents, ImmutableArray<StagedAppend> Appends)
{
    /// <summary>Rows for sinks that take them from files; to be disposed when they are there.</summary>
    public ImmutableArray<(RowSink Sink, ImmutableArray<Batch> Rows)> SinkRows { get; init; } = [];
}
