using System.Collections.Concurrent;
using Leat.Log;

namespace Leat.Conformance;

/// <summary>The Kafka client on a mock cluster. The cluster knows no admin calls, so topics are made in it and looked up here; everything else goes through the client.</summary>
/// <param name="log">The client.</param>
/// <param name="cluster">Its brokers.</param>
/// <param name="checkName">Refuses names of topics; null = none.</param>
public sealed class MockedLog(KafkaLog log, MockCluster cluster, Action<string>? checkName = null) : IEventLog
{
    private readonly ConcurrentDictionary<string, TopicInfo> _topics = new();

    public IConsumerGroups Groups => log.Groups;

    public ValueTask<TopicInfo> CreateTopicAsync(string topic, TopicOptions options, CancellationToken ct)
    {
        checkName?.Invoke(topic);
        cluster.CreateTopic(topic, options.Partitions);
        return ValueTask.FromResult(_topics[topic] = new TopicInfo(topic, options.Partitions, options));
    }

    public ValueTask<TopicInfo> ChangeTopicAsync(string topic, TopicOptions options, CancellationToken ct) => log.ChangeTopicAsync(topic, options, ct);

    public ValueTask DeleteTopicAsync(string topic, CancellationToken ct) => log.DeleteTopicAsync(topic, ct);

    public ValueTask<IReadOnlyList<TopicInfo>> ListTopicsAsync(CancellationToken ct) => log.ListTopicsAsync(ct);

    public ValueTask<TopicInfo?> FindTopicAsync(string topic, CancellationToken ct) => _topics.TryGetValue(topic, out var found) ? ValueTask.FromResult<TopicInfo?>(found) : log.FindTopicAsync(topic, ct);

    public ValueTask<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct) => log.DescribeAsync(partition, ct);

    public ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct) => log.DeleteRecordsAsync(partition, beforeOffset, ct);

    public ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct) => log.AppendAsync(partition, records, idempotencyKey, ct);

    public ILogReader OpenReader(TopicPartition partition, long fromOffset) => log.OpenReader(partition, fromOffset);

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestampMs, CancellationToken ct) => log.OffsetAtAsync(partition, timestampMs, ct);

    public ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct) => log.OpenProducerAsync(transactionalId, timeout, ct);

    public ValueTask DisposeAsync() => log.DisposeAsync();
}
