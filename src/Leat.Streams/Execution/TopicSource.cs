using Leat.Log;
using Leat.Streams.Graph;
using Leat.Streams.Operators;
using Leat.Streams.Time;

namespace Leat.Streams.Execution;

/// <summary>A topic read as rows of <typeparamref name="T"/>.</summary>
internal sealed class TopicSource<T>(string topic, EventClock<T> times, StreamNode<T> node) : SourcePlan(topic)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public EventClock<T> Times => times;

    public override (Type Row, long Disorder)? Records => (typeof(T), times.Disorder);

    public override bool ReadsTopic(string other) => other == Name;

    public override async Task<IReadOnlyList<PartitionProgress>> OpenAsync(RunParts parts, Action<string?> waiting, CancellationToken ct)
    {
        TopicInfo? info;
        while ((info = await parts.Log.FindTopicAsync(Name, ct).ConfigureAwait(false)) is null)
        {
            waiting($"waiting for topic '{Name}'");
            await Task.Delay(Poll, ct).ConfigureAwait(false);
        }

        waiting(null);
        var partitions = new List<PartitionProgress>();
        for (var i = 0; i < info.Partitions; i++)
        {
            var partition = new TopicPartition(Name, i);
            var found = await parts.Log.DescribeAsync(partition, ct).ConfigureAwait(false);
            partitions.Add(new PartitionProgress(Id, partition) { Offset = found.StartOffset, ActiveSince = parts.Time.GetTimestamp(), IsFirst = IsFirst, IsTimeless = IsTimeless });
        }

        return partitions;
    }

    public override async Task<bool> ExistsAsync(RunParts parts, CancellationToken ct) => await parts.Log.FindTopicAsync(Name, ct).ConfigureAwait(false) is not null;

    public override async Task<long> EndOffsetAsync(PartitionProgress partition, RunParts parts, CancellationToken ct) =>
        (await parts.Log.DescribeAsync(partition.Partition, ct).ConfigureAwait(false)).EndOffsetExcl;

    public override SourceRunner CreateRunner(WorkerContext context) => new SourceRunner<T>(this, node.Build(context), context);

    public override PartitionFeed CreateFeed(PartitionProgress partition, SourceRunner runner, RunParts parts, WorkerSettings settings) =>
        new LogFeed(partition, (RecordRunner)runner, parts.Log.OpenReader(partition.Partition, partition.Offset), settings);
}
