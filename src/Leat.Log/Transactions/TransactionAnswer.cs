using Leat.Core;

namespace Leat.Log;

/// <summary>Answer of the <see cref="TransactionCoordinator"/>. PRODUCER_FENCED is sent as INVALID_PRODUCER_EPOCH to versions that do not know it.</summary>
internal abstract record TransactionAnswer(KafkaError Error)
{
    /// <summary>Why the log could not store it; for callers in this process.</summary>
    public LeatException? Failure { get; init; }
}

internal sealed record ProducerAnswer(KafkaError Error, long ProducerId = -1, short ProducerEpoch = -1) : TransactionAnswer(Error);

/// <param name="Error">What all partitions have in common; each also carries it.</param>
/// <param name="Partitions">In the order of the request.</param>
internal sealed record PartitionsAnswer(KafkaError Error, IReadOnlyList<PartitionAnswer> Partitions) : TransactionAnswer(Error);

internal sealed record AddOffsetsAnswer(KafkaError Error) : TransactionAnswer(Error);
