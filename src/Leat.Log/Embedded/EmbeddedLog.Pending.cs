namespace Leat.Log;

public sealed partial class EmbeddedLog : IBatchLog
{
    IReadOnlyList<TopicInfo> IBatchLog.AllTopics => throw new NotSupportedException();

    public ValueTask<TopicInfo> ChangeTopicAsync(string topic, TopicOptions options, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask DeleteTopicAsync(string topic, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct) => throw new NotSupportedException();

    TopicInfo? IBatchLog.Find(string topic) => throw new NotSupportedException();

    ValueTask<BatchAppend> IBatchLog.AppendBatchAsync(TopicPartition partition, Memory<byte> batch, CancellationToken ct) => throw new NotSupportedException();

    ValueTask<KafkaError> IBatchLog.AppendMarkerAsync(TopicPartition partition, TransactionMarker marker, CancellationToken ct) => throw new NotSupportedException();

    ValueTask<BatchFetch> IBatchLog.FetchAsync(TopicPartition partition, long fromOffset, int maxBytes, bool committedOnly) => throw new NotSupportedException();

    Task IBatchLog.WhenBeyond(TopicPartition partition, long offset, bool committedOnly) => throw new NotSupportedException();
}
