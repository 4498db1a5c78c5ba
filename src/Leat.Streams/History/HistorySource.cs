using Leat.Lake;
using Leat.Log;
using Leat.Streams.Execution;
using Leat.Streams.Graph;
using Leat.Streams.Time;

namespace Leat.Streams.History;

/// <summary>A topic whose beginning is in the lake. To checkpoints it is the topic: a job that read the topic alone goes on from its offsets.</summary>
internal sealed class HistorySource<T>(HistoryPlan plan, EventClock<T> times, StreamNode<T> node) : SourcePlan(plan.Topic)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly TopicSource<T> _topic = new(plan.Topic, times, node);
    private LandedTopic? _landed;

    public override bool ReadsTopic(string topic) => topic == Name;

    public override async Task<IReadOnlyList<PartitionProgress>> OpenAsync(RunParts parts, Action<string?> waiting, CancellationToken ct)
    {
        var lake = parts.Lake ?? throw StreamErrors.NoLake(plan.Table);
        ILakeTable? table;
        while ((table = await lake.FindAsync(plan.Table, ct).ConfigureAwait(false)) is null)
        {
            waiting($"waiting for lake table '{plan.Table}'");
            await Task.Delay(Poll, ct).ConfigureAwait(false);
        }

        var held = await _topic.OpenAsync(parts, waiting, ct).ConfigureAwait(false);
        _landed = new LandedTopic(table, plan);
        await _landed.RefreshAsync(ct).ConfigureAwait(false);
        return [.. held.Select(p => new PartitionProgress(Id, new TopicPartition(Name, p.Partition.Partition)) { ActiveSince = p.ActiveSince, IsFirst = IsFirst, IsTimeless = IsTimeless })];
    }

    public override async Task<bool> ExistsAsync(RunParts parts, CancellationToken ct) =>
        await _topic.ExistsAsync(parts, ct).ConfigureAwait(false) && parts.Lake is { } lake && await lake.FindAsync(plan.Table, ct).ConfigureAwait(false) is not null;

    public override Task<long> EndOffsetAsync(PartitionProgress partition, RunParts parts, CancellationToken ct) => _topic.EndOffsetAsync(partition, parts, ct);

    public override SourceRunner CreateRunner(WorkerContext context)
    {
        var chain = node.Build(context);
        return new HistoryRunner<T>(plan, new SourceRunner<T>(_topic, chain, context), new RowRunner<T>(times, chain, context), context);
    }

    public override PartitionFeed CreateFeed(PartitionProgress partition, SourceRunner runner, RunParts parts, WorkerSettings settings)
    {
        var own = (HistoryRunner<T>)runner;
        var reader = new LandedReader(_landed!, partition.Partition.Partition, own.ColumnsOf(_landed!.Snapshot.Schema), partition.Offset);
        return new HistoryFeed<T>(partition, own, reader, parts.Log, settings);
    }
}
