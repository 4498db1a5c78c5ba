namespace Leat.Log;

/// <summary>Batches as bytes, for the Kafka port and the coordinators.</summary>
public sealed partial class EmbeddedLog : IBatchLog
{
    IReadOnlyList<TopicInfo> IBatchLog.AllTopics => [.. All()];

    TopicInfo? IBatchLog.Find(string topic) => _topics.TryGetValue(topic, out var found) ? found.Info : null;

    async ValueTask<BatchAppend> IBatchLog.AppendBatchAsync(TopicPartition partition, Memory<byte> batch, Func<bool>? admit, CancellationToken ct)
    {
        if (TryFind(partition) is not { } log) return new BatchAppend(KafkaError.UnknownTopicOrPartition, -1, -1, -1, $"there is no {partition}");
        var topic = log.Context.Topic;
        var admitted = BatchAdmission.Check(batch, topic, topic.MaxBatchBytes ?? _parts.Options.MaxBatchBytes, log.Context.NowMs);
        if (admitted.Error != KafkaError.None) return new BatchAppend(admitted.Error, -1, -1, log.View.StartOffset, admitted.Message);
        var header = admitted.Batch.Header;
        var outcome = await AppendAsync(log, new AppendRequest(admitted.Batch) { Admit = admit }, ct).ConfigureAwait(false);
        var appendTimeMs = header.HasAppendTime && outcome.Error == KafkaError.None ? header.MaxTimestampMs : -1;
        return new BatchAppend(outcome.Error, outcome.BaseOffset, appendTimeMs, log.View.StartOffset, outcome.Message) { Failure = outcome.Failure };
    }

    async ValueTask<KafkaError> IBatchLog.AppendMarkerAsync(TopicPartition partition, TransactionMarker marker, CancellationToken ct)
    {
        if (TryFind(partition) is not { } log) return KafkaError.UnknownTopicOrPartition;
        var request = new AppendRequest(ControlBatch.Encode(marker, log.Context.NowMs)) { Commits = marker.Commit };
        return (await AppendAsync(log, request, ct).ConfigureAwait(false)).Error;
    }

    ValueTask<BatchFetch> IBatchLog.FetchAsync(TopicPartition partition, long fromOffset, int maxBytes, bool committedOnly) =>
        ValueTask.FromResult(TryFind(partition) is { } log ? log.Fetcher.Fetch(fromOffset, maxBytes, committedOnly) : BatchFetch.Failed(KafkaError.UnknownTopicOrPartition, null));

    Task IBatchLog.WhenBeyond(TopicPartition partition, long offset, bool committedOnly) =>
        TryFind(partition) is { } log ? log.WhenBeyond(offset, committedOnly) : Task.CompletedTask;

    private PartitionLog? TryFind(TopicPartition partition)
    {
        ThrowIfDisposed();
        return _topics.TryGetValue(partition.Topic, out var topic) && partition.Partition >= 0 && partition.Partition < topic.Partitions.Length ? topic.Partitions[partition.Partition] : null;
    }

    /// <summary>Failures of the disk are answers here: the client tries again or gives up by itself.</summary>
    private static async ValueTask<AppendOutcome> AppendAsync(PartitionLog log, AppendRequest request, CancellationToken ct)
    {
        try
        {
            return await log.AppendAsync(request, ct).ConfigureAwait(false);
        }
        catch (Core.LeatException e)
        {
            return AppendOutcome.Refused(e.Code == "LEAT2001" ? KafkaError.UnknownTopicOrPartition : KafkaError.KafkaStorageError, e.Message) with { Failure = e };
        }
    }
}
