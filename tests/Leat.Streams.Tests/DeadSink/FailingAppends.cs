using Leat.Core;
using Leat.Log;

namespace Leat.Streams.Tests;

/// <summary>A log whose appends to one topic fail a few times, half of them after the records were stored, as those of a cluster that is away.</summary>
internal sealed class FailingAppends(IEventLog log, string topic, int times) : IEventLog
{
    private int _left = times;

    public IConsumerGroups Groups => log.Groups;

    public async ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct)
    {
        var left = partition.Topic == topic ? Interlocked.Decrement(ref _left) : -1;
        if (left < 0 || left % 2 == 0)
        {
            var result = await log.AppendAsync(partition, records, idempotencyKey, ct);
            if (left < 0) return result;
        }

        throw new LeatException("LEAT2043", "the cluster did not answer", partition.Topic, "wait", Fault.External, Retry.WithBackoff);
    }

    public ValueTask<TopicInfo> CreateTopicAsync(string name, TopicOptions options, CancellationToken ct) => log.CreateTopicAsync(name, options, ct);

    public ValueTask<IReadOnlyList<TopicInfo>> ListTopicsAsync(CancellationToken ct) => log.ListTopicsAsync(ct);

    public ValueTask<TopicInfo?> FindTopicAsync(string name, CancellationToken ct) => log.FindTopicAsync(name, ct);

    public ValueTask<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct) => log.DescribeAsync(partition, ct);

    public ILogReader OpenReader(TopicPartition partition, long fromOffset) => log.OpenReader(partition, fromOffset);

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestampMs, CancellationToken ct) => log.OffsetAtAsync(partition, timestampMs, ct);

    public ValueTask<TopicInfo> ChangeTopicAsync(string name, TopicOptions options, CancellationToken ct) => log.ChangeTopicAsync(name, options, ct);

    public ValueTask DeleteTopicAsync(string name, CancellationToken ct) => log.DeleteTopicAsync(name, ct);

    public ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct) => log.DeleteRecordsAsync(partition, beforeOffset, ct);

    public ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct) => log.OpenProducerAsync(transactionalId, timeout, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
