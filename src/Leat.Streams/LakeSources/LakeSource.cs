using Leat.Lake;
using Leat.Log;
using Leat.Streams.Execution;
using Leat.Streams.Graph;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.LakeSources;

/// <summary>A lake table that is read and then followed, version by version. Offsets are the versions that are wholly read.</summary>
internal sealed class LakeSource<TRow>(LakePlan plan, EventClock<TRow> times, StreamNode<TRow> node, Func<LakeRows<TRow>> makeRows) : SourcePlan(plan.SourceName)
{
    private const int MostMeasured = 20;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private LakeTail? _tail;

    public override async Task<IReadOnlyList<PartitionProgress>> OpenAsync(RunParts parts, Action<string?> waiting, CancellationToken ct)
    {
        var lake = parts.Lake ?? throw StreamErrors.NoLake(plan.Table);
        ILakeTable? table;
        while ((table = await lake.FindAsync(plan.Table, ct).ConfigureAwait(false)) is null)
        {
            waiting($"waiting for lake table '{plan.Table}'");
            await Task.Delay(Poll, ct).ConfigureAwait(false);
        }

        waiting(null);
        var newest = (await table.SnapshotAsync(null, ct).ConfigureAwait(false)).Version;
        var start = plan.Options.FromVersion is { } from ? new LakeCursor(from, false, 0, 0, plan.Options.Partitions) : new LakeCursor(newest, true, 0, 0, plan.Options.Partitions);
        _tail = new LakeTail(table, plan, start, parts.Time);
        return [.. Enumerable.Range(0, plan.Options.Partitions).Select(i => new PartitionProgress(Id, new TopicPartition(Name, i)) { ActiveSince = parts.Time.GetTimestamp(), IsFirst = IsFirst, IsTimeless = IsTimeless })];
    }

    public override async Task<bool> ExistsAsync(RunParts parts, CancellationToken ct) => parts.Lake is { } lake && await lake.FindAsync(plan.Table, ct).ConfigureAwait(false) is not null;

    public override async Task<long> EndOffsetAsync(PartitionProgress partition, RunParts parts, CancellationToken ct) => await _tail!.AskAsync(ct).ConfigureAwait(false) + 1;

    public override async Task<SourceLag> LagAsync(PartitionProgress partition, RunParts parts, CancellationToken ct)
    {
        var tail = _tail!;
        var newest = await tail.AskAsync(ct).ConfigureAwait(false);
        var at = partition.Cursor ?? tail.Start;
        return new SourceLag(await tail.RowsAfterAsync(at, partition.Partition.Partition, MostMeasured, ct).ConfigureAwait(false)) { Versions = Math.Max(0, newest + 1 - at.Version) };
    }

    public override SourceRunner CreateRunner(WorkerContext context) => new RowRunner<TRow>(times, node.Build(context), context);

    public override PartitionFeed CreateFeed(PartitionProgress partition, SourceRunner runner, RunParts parts, WorkerSettings settings)
    {
        var at = partition.Cursor ?? _tail!.Start;
        if (at.Partitions != plan.Options.Partitions) throw StreamErrors.LakePartitions(plan.Table, at.Partitions, plan.Options.Partitions);
        return new LakeFeed<TRow>(partition, (RowRunner<TRow>)runner, new LakeReader<TRow>(_tail!, partition.Partition.Partition, at, makeRows()), settings);
    }
}
