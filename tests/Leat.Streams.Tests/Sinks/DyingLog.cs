using Leat.Core;
using Leat.Log;

namespace Leat.Streams.Tests.Sinks;

/// <summary>A log under which the process dies inside a transaction: from then on its producer does nothing more, not even abort. Or the answer of a commit is lost.</summary>
internal sealed class DyingLog(IEventLog inner) : IEventLog
{
    private DeathPoint? _next;

    public IConsumerGroups Groups => inner.Groups;

    /// <summary>Deaths so far.</summary>
    public int Deaths { get; private set; }

    /// <summary>The next transaction dies there.</summary>
    public void DieAt(DeathPoint point) => _next = point;

    public ValueTask<TopicInfo> CreateTopicAsync(string topic, TopicOptions options, CancellationToken ct) => inner.CreateTopicAsync(topic, options, ct);

    public ValueTask<TopicInfo> ChangeTopicAsync(string topic, TopicOptions options, CancellationToken ct) => inner.ChangeTopicAsync(topic, options, ct);

    public ValueTask DeleteTopicAsync(string topic, CancellationToken ct) => inner.DeleteTopicAsync(topic, ct);

    public ValueTask<IReadOnlyList<TopicInfo>> ListTopicsAsync(CancellationToken ct) => inner.ListTopicsAsync(ct);

    public ValueTask<TopicInfo?> FindTopicAsync(string topic, CancellationToken ct) => inner.FindTopicAsync(topic, ct);

    public ValueTask<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct) => inner.DescribeAsync(partition, ct);

    public ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct) => inner.DeleteRecordsAsync(partition, beforeOffset, ct);

    public ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct) => inner.AppendAsync(partition, records, idempotencyKey, ct);

    public ILogReader OpenReader(TopicPartition partition, long fromOffset) => inner.OpenReader(partition, fromOffset);

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestampMs, CancellationToken ct) => inner.OffsetAtAsync(partition, timestampMs, ct);

    public async ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct) => new Producer(this, await inner.OpenProducerAsync(transactionalId, timeout, ct));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Producer(DyingLog log, ITransactionalProducer inner) : ITransactionalProducer
    {
        private bool _isDead;

        public ValueTask BeginAsync(CancellationToken ct) => inner.BeginAsync(ct);

        public async ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, CancellationToken ct)
        {
            Pass(DeathPoint.BeforeAppend);
            var result = await inner.AppendAsync(partition, records, ct);
            Pass(DeathPoint.AfterAppend);
            return result;
        }

        public ValueTask SendOffsetsAsync(string group, IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct) => inner.SendOffsetsAsync(group, offsets, ct);

        public async ValueTask CommitAsync(CancellationToken ct)
        {
            Pass(DeathPoint.BeforeCommit);
            await inner.CommitAsync(ct);
            Pass(DeathPoint.AfterCommit);
            if (log._next != DeathPoint.AnswerLost) return;
            log._next = null;
            log.Deaths++;
            throw new LeatException("LEAT2042", "the answer was lost", "the test", "nothing", Fault.External, Retry.WithBackoff);
        }

        public ValueTask AbortAsync(CancellationToken ct) => inner.AbortAsync(ct);

        public ValueTask DisposeAsync() => _isDead ? ValueTask.CompletedTask : inner.DisposeAsync();

        private void Pass(DeathPoint point)
        {
            if (log._next != point) return;
            (log._next, _isDead) = (null, true);
            log.Deaths++;
            throw new InvalidOperationException($"the process dies {point}");
        }
    }
}
