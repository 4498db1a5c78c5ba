using Leat.Log;
using Leat.Streams.Graph;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>A source inside the process that gives rows.</summary>
internal sealed class RowSource<T>(IStreamSource<T> source, EventClock<T> times, StreamNode<T> node) : SourcePlan(source.Name)
{
    public override Task<IReadOnlyList<PartitionProgress>> OpenAsync(RunParts parts, Action<string?> waiting, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<PartitionProgress>>([.. Enumerable.Range(0, source.Partitions).Select(i => new PartitionProgress(Id, new TopicPartition(source.Name, i)) { ActiveSince = parts.Time.GetTimestamp(), IsFirst = IsFirst, IsTimeless = IsTimeless })]);

    public override Task<bool> ExistsAsync(RunParts parts, CancellationToken ct) => Task.FromResult(true);

    public override Task<long> EndOffsetAsync(PartitionProgress partition, RunParts parts, CancellationToken ct) => source.EndOffsetAsync(partition.Partition.Partition, ct);

    public override SourceRunner CreateRunner(WorkerContext context) => new RowRunner<T>(times, node.Build(context), context);

    public override PartitionFeed CreateFeed(PartitionProgress partition, SourceRunner runner, RunParts parts, WorkerSettings settings) =>
        new RowFeed<T>(partition, (RowRunner<T>)runner, source.OpenReader(partition.Partition.Partition, partition.Offset), settings);
}
