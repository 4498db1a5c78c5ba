namespace Leat.Log.Tests;

/// <summary>A log whose partitions take no markers for a while.</summary>
internal sealed class RefusingBatchLog(IBatchLog log) : IBatchLog
{
    public bool Refuses { get; set; }

    public IReadOnlyList<TopicInfo> AllTopics => log.AllTopics;

    public TopicInfo? Find(string topic) => log.Find(topic);

    public ValueTask<BatchAppend> AppendBatchAsync(TopicPartition partition, Memory<byte> batch, Func<bool>? admit, CancellationToken ct) => log.AppendBatchAsync(partition, batch, admit, ct);

    public ValueTask<KafkaError> AppendMarkerAsync(TopicPartition partition, TransactionMarker marker, CancellationToken ct) =>
        Refuses ? ValueTask.FromResult(KafkaError.KafkaStorageError) : log.AppendMarkerAsync(partition, marker, ct);

    public ValueTask<BatchFetch> FetchAsync(TopicPartition partition, long fromOffset, int maxBytes, bool committedOnly) => log.FetchAsync(partition, fromOffset, maxBytes, committedOnly);

    public Task WhenBeyond(TopicPartition partition, long offset, bool committedOnly) => log.WhenBeyond(partition, offset, committedOnly);
}
