namespace Leat.Log;

/// <summary>Producer ids and transactions. One method per call of the Kafka protocol; knows nothing of bytes on the wire. Any thread may call.</summary>
internal sealed class TransactionCoordinator
{
    /// <summary>Gives a producer its id and epoch; with a transactional id fences the earlier producer of that id and aborts what it left open.</summary>
    public ValueTask<ProducerAnswer> InitProducerIdAsync(InitProducerId request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Makes partitions part of the transaction, beginning it when none is open.</summary>
    public ValueTask<PartitionsAnswer> AddPartitionsAsync(AddPartitionsToTransaction request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Makes the offsets of a group part of the transaction, beginning it when none is open.</summary>
    public ValueTask<AddOffsetsAnswer> AddOffsetsAsync(AddOffsetsToTransaction request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Keeps offsets that count when the transaction commits; durable before it answers.</summary>
    public ValueTask<PartitionsAnswer> CommitOffsetsAsync(CommitTransactionOffsets request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Commits or aborts. Answers when the decision is durable and, unless a partition cannot be written now, markers and offsets are too.</summary>
    public ValueTask<ProducerAnswer> EndAsync(EndTransaction request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Asked before a transactional batch is appended: whether the partition belongs to the producer's open transaction. The transaction does not end before the lease is disposed, so dispose it when the append has answered.</summary>
    /// <param name="producerId">From the batch header.</param>
    /// <param name="producerEpoch">From the batch header.</param>
    /// <param name="partition">Where the batch goes.</param>
    /// <param name="lease">Set with <see cref="KafkaError.None"/>.</param>
    /// <returns>INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE, INVALID_PRODUCER_ID_MAPPING or none.</returns>
    public KafkaError TryAppend(long producerId, short producerEpoch, TopicPartition partition, out AppendLease? lease) => throw new NotSupportedException();
}
