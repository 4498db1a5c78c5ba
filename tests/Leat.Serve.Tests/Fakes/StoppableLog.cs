using Leat.Core;
using Leat.Log;

namespace Leat.Serve.Tests.Fakes;

/// <summary>The real log, whose appends a test can make fail or wait.</summary>
internal sealed class StoppableLog(IEventLog inner) : IEventLog
{
    /// <summary>Thrown by appends to this topic; null = by none.</summary>
    public (string Topic, LeatException Error)? Failure { get; set; }

    /// <summary>Appends wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Appends asked for so far.</summary>
    public int Appends { get; private set; }

    public async ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct)
    {
        Appends++;
        await Gate;
        if (Failure is { } failure && failure.Topic == partition.Topic) throw failure.Error;
        return await inner.AppendAsync(partition, records, idempotencyKey, ct);
    }

    public ValueTask<TopicInfo> CreateTopicAsync(string topic, TopicOptions options, CancellationToken ct) => inner.CreateTopicAsync(topic, options, ct);

    public ValueTask<IReadOnlyList<TopicInfo>> ListTopicsAsync(CancellationToken ct) => inner.ListTopicsAsync(ct);

    public ValueTask<TopicInfo?> FindTopicAsync(string topic, CancellationToken ct) => inner.FindTopicAsync(topic, ct);

    public ValueTask<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct) => inner.DescribeAsync(partition, ct);

    public ILogReader OpenReader(TopicPartition partition, long fromOffset) => inner.OpenReader(partition, fromOffset);

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestampMs, CancellationToken ct) => inner.OffsetAtAsync(partition, timestampMs, ct);

    public IConsumerGroups Groups => inner.Groups;

    public ValueTask<TopicInfo> ChangeTopicAsync(string topic, TopicOptions options, CancellationToken ct) => inner.ChangeTopicAsync(topic, options, ct);

    public ValueTask DeleteTopicAsync(string topic, CancellationToken ct) => inner.DeleteTopicAsync(topic, ct);

    public ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct) => inner.DeleteRecordsAsync(partition, beforeOffset, ct);

    public ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct) => inner.OpenProducerAsync(transactionalId, timeout, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
