namespace Leat.Log;

/// <summary>An append on its way. Its memory belongs to the appender's thread until <see cref="Sent"/>.</summary>
internal sealed class KafkaAppend(TopicPartition partition, EncodedBatch batch)
{
    /// <summary>Most records of a batch that librdkafka makes.</summary>
    public const int MostRecords = 1_000_000;

    private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TopicPartition Partition => partition;

    public EncodedBatch Batch => batch;

    public int Count => batch.Header.Count;

    /// <summary>Offset of its first record, once stored.</summary>
    public long BaseOffset { get; set; } = -1;

    /// <summary>The batch's memory is not read any more.</summary>
    public bool Sent { get; set; }

    /// <summary>Base offset, when stored.</summary>
    public Task<long> Done => _done.Task;

    public void Succeed() => _done.TrySetResult(BaseOffset);

    public void Fail(Exception problem) => _done.TrySetException(problem);
}
