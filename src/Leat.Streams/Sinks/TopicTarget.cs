using Leat.Log;

namespace Leat.Streams.Sinks;

/// <summary>A topic that a job writes rows to.</summary>
internal sealed class TopicTarget(string topic, TopicSinks sinks)
{
    public string Topic => topic;

    /// <summary>Known when the job starts.</summary>
    public int Partitions { get; private set; } = 1;

    /// <summary>Makes the topic where there is none.</summary>
    public async Task OpenAsync(IEventLog log, CancellationToken ct)
    {
        var info = await log.FindTopicAsync(topic, ct).ConfigureAwait(false) ?? await log.CreateTopicAsync(topic, new TopicOptions(), ct).ConfigureAwait(false);
        Partitions = info.Partitions;
    }

    /// <summary>Partition of a key; records without key go to the first.</summary>
    public int PartitionOf(ReadOnlySpan<byte> key) => key.IsEmpty ? 0 : Partitioner.For(key, Partitions);

    public void Add(IEnumerable<(int Partition, PendingRecord Record)> records) => sinks.Add(topic, records);
}
