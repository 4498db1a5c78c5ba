namespace Leat.Log.Tests.DeadLetters;

/// <summary>The real log, of which the n-th step breaks: before it is done, or after it is done and before it is answered. Nothing works after that, as after a kill.</summary>
internal sealed class BreakingLog(IEventLog inner, int breakAt, bool afterwards) : IEventLog
{
    private int _steps;

    /// <summary>Steps taken so far, the broken one included.</summary>
    public int Steps => _steps;

    public IConsumerGroups Groups => inner.Groups;

    public ValueTask<TopicInfo> CreateTopicAsync(string topic, TopicOptions options, CancellationToken ct) => StepAsync(() => inner.CreateTopicAsync(topic, options, ct));

    public ValueTask<TopicInfo> ChangeTopicAsync(string topic, TopicOptions options, CancellationToken ct) => inner.ChangeTopicAsync(topic, options, ct);

    public ValueTask DeleteTopicAsync(string topic, CancellationToken ct) => inner.DeleteTopicAsync(topic, ct);

    public ValueTask<IReadOnlyList<TopicInfo>> ListTopicsAsync(CancellationToken ct) => inner.ListTopicsAsync(ct);

    public ValueTask<TopicInfo?> FindTopicAsync(string topic, CancellationToken ct) => inner.FindTopicAsync(topic, ct);

    public ValueTask<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct) => inner.DescribeAsync(partition, ct);

    public ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct) => inner.DeleteRecordsAsync(partition, beforeOffset, ct);

    public ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct) => inner.AppendAsync(partition, records, idempotencyKey, ct);

    public ILogReader OpenReader(TopicPartition partition, long fromOffset) => inner.OpenReader(partition, fromOffset);

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestampMs, CancellationToken ct) => inner.OffsetAtAsync(partition, timestampMs, ct);

    public async ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct) =>
        new Producer(this, await StepAsync(() => inner.OpenProducerAsync(transactionalId, timeout, ct)));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<T> StepAsync<T>(Func<ValueTask<T>> step)
    {
        var number = Interlocked.Increment(ref _steps);
        if (number > breakAt || (number == breakAt && !afterwards)) throw new BrokenException();
        var answer = await step();
        return number == breakAt ? throw new BrokenException() : answer;
    }

    private async ValueTask StepAsync(Func<ValueTask> step) => await StepAsync(async () =>
    {
        await step();
        return 0;
    });

    /// <summary>Disposing it does nothing: a killed process tidies nothing up.</summary>
    private sealed class Producer(BreakingLog log, ITransactionalProducer inner) : ITransactionalProducer
    {
        public ValueTask BeginAsync(CancellationToken ct) => log.StepAsync(() => inner.BeginAsync(ct));

        public ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, CancellationToken ct) => log.StepAsync(() => inner.AppendAsync(partition, records, ct));

        public ValueTask SendOffsetsAsync(string group, IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct) => log.StepAsync(() => inner.SendOffsetsAsync(group, offsets, ct));

        public ValueTask CommitAsync(CancellationToken ct) => log.StepAsync(() => inner.CommitAsync(ct));

        public ValueTask AbortAsync(CancellationToken ct) => log.StepAsync(() => inner.AbortAsync(ct));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
