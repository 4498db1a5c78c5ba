namespace Leat.Log;

/// <summary>What the Kafka port and the coordinators need of the embedded log beyond <see cref="IEventLog"/>: batches as bytes, producer sequences, transaction markers, the log's own topics.</summary>
internal interface IBatchLog
{
    /// <summary>All topics by name, those of the log itself too.</summary>
    IReadOnlyList<TopicInfo> AllTopics { get; }

    /// <summary>The topic, also one of the log's own; null when there is none.</summary>
    TopicInfo? Find(string topic);

    /// <summary>Appends one record batch v2 as a client encoded it, after checking all of it (length, checksum, codec, records, producer sequence, topic rules). Expected refusals are answers.</summary>
    /// <param name="partition">Where to.</param>
    /// <param name="batch">One whole batch; its base offset, leader epoch and (where the topic says so) times are written into this memory, which the caller must leave alone until completion.</param>
    /// <param name="admit">Asked on the partition's writer thread before the batch takes its place; false = refused with <see cref="KafkaError.InvalidTxnState"/>. Null = yes.</param>
    /// <param name="ct">Cancels waiting, not the write.</param>
    ValueTask<BatchAppend> AppendBatchAsync(TopicPartition partition, Memory<byte> batch, Func<bool>? admit, CancellationToken ct);

    /// <summary>Appends the marker that ends the producer's transaction in this partition; nothing when it has none open there.</summary>
    ValueTask<KafkaError> AppendMarkerAsync(TopicPartition partition, TransactionMarker marker, CancellationToken ct);

    /// <summary>Whole batches as they are stored, from the one that holds <paramref name="fromOffset"/>. Does not wait. Everything is checked; damage is <see cref="KafkaError.CorruptMessage"/>.</summary>
    /// <param name="partition">Where from.</param>
    /// <param name="fromOffset">First offset wanted.</param>
    /// <param name="maxBytes">Stop adding batches beyond this size; the first comes whole even when larger.</param>
    /// <param name="committedOnly">Stop at the last stable offset and list aborted transactions (read_committed).</param>
    ValueTask<BatchFetch> FetchAsync(TopicPartition partition, long fromOffset, int maxBytes, bool committedOnly);

    /// <summary>Completes when something at or after <paramref name="offset"/> may be readable, the last stable offset moved, or the partition is closed.</summary>
    Task WhenBeyond(TopicPartition partition, long offset, bool committedOnly);
}
