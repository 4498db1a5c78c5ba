using Leat.Log;

namespace Leat.Bench.Ysb;

/// <summary>A log that several runs use one after the other: disposing it with a run leaves it open.</summary>
internal sealed class SharedLog(IEventLog log) : IEventLog
{
    public ValueTask<TopicInfo> CreateTopicAsync(string topic, TopicOptions options, CancellationToken ct) => log.CreateTopicAsync(topic, options, ct);

    public ValueTask<IReadOnlyList<TopicInfo>> ListTopicsAsync(CancellationToken ct) => log.ListTopicsAsync(ct);

    public ValueTask<TopicInfo?> FindTopicAsync(string topic, CancellationToken ct) => log.FindTopicAsync(topic, ct);

    public ValueTask<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct) => log.DescribeAsync(partition, ct);

    public ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct) => log.AppendAsync(partition, records, idempotencyKey, ct);

    public ILogReader OpenReader(TopicPartition partition, long fromOffset) => log.OpenReader(partition, fromOffset);

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestampMs, CancellationToken ct) => log.OffsetAtAsync(partition, timestampMs, ct);

    public IConsumerGroups Groups => log.Groups;

    public ValueTask<TopicInfo> ChangeTopicAsync(string topic, TopicOptions options, CancellationToken ct) => log.ChangeTopicAsync(topic, options, ct);

    public ValueTask DeleteTopicAsync(string topic, CancellationToken ct) => log.DeleteTopicAsync(topic, ct);

    public ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct) => log.DeleteRecordsAsync(partition, beforeOffset, ct);

    public ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct) => log.OpenProducerAsync(transactionalId, timeout, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
