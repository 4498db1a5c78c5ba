namespace Leat.Log;

/// <summary>A call to the <see cref="TransactionCoordinator"/>; fields are those of the Kafka request of the same name.</summary>
internal abstract record TransactionRequest;

/// <param name="TransactionalId">Null = an idempotent producer without transactions.</param>
/// <param name="Timeout">A transaction open for longer is aborted.</param>
/// <param name="ProducerId">Versions 3 and 4: the id the producer has, to go on after an error; -1 = none.</param>
/// <param name="ProducerEpoch">Versions 3 and 4: its epoch; -1 = none.</param>
internal sealed record InitProducerId(string? TransactionalId, TimeSpan Timeout, long ProducerId = -1, short ProducerEpoch = -1) : TransactionRequest;

internal sealed record AddPartitionsToTransaction(string TransactionalId, long ProducerId, short ProducerEpoch, IReadOnlyList<TopicPartition> Partitions) : TransactionRequest
{
    /// <summary>Number of the connection the call came over, rising with each new one; 0 = unknown. A call over an older connection than the transaction's newest was delayed and is refused.</summary>
    public long Connection { get; init; }
}

internal sealed record AddOffsetsToTransaction(string TransactionalId, long ProducerId, short ProducerEpoch, string Group) : TransactionRequest
{
    /// <summary>As in <see cref="AddPartitionsToTransaction"/>.</summary>
    public long Connection { get; init; }
}

/// <param name="TransactionalId">Whose transaction.</param>
/// <param name="ProducerId">Its producer.</param>
/// <param name="ProducerEpoch">Its epoch.</param>
/// <param name="Group">Group whose offsets become part of the transaction.</param>
/// <param name="Offsets">The offsets.</param>
internal sealed record CommitTransactionOffsets(string TransactionalId, long ProducerId, short ProducerEpoch, string Group, IReadOnlyList<OffsetToCommit> Offsets) : TransactionRequest
{
    /// <summary>-1 with an empty member id: no check of the membership (versions before 3).</summary>
    public int Generation { get; init; } = -1;

    public string MemberId { get; init; } = "";

    public string? InstanceId { get; init; }
}

internal sealed record EndTransaction(string TransactionalId, long ProducerId, short ProducerEpoch, bool Commit) : TransactionRequest
{
    /// <summary>As in <see cref="AddPartitionsToTransaction"/>.</summary>
    public long Connection { get; init; }

    /// <summary>The producer goes on with the epoch answered, so that nothing late of this transaction can touch the next (EndTxn 5, KIP-890). Clients of older versions keep their epoch.</summary>
    public bool NextEpoch { get; init; }
}
