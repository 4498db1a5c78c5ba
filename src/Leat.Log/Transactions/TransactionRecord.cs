using System.Collections.Immutable;

namespace Leat.Log;

/// <summary>What is kept of a transactional id. Immutable: a change is a new record, valid once it is durable.</summary>
/// <param name="Id">Transactional id.</param>
/// <param name="ProducerId">Its producer.</param>
/// <param name="Epoch">Its epoch; markers of a transaction being ended carry it.</param>
internal sealed record TransactionRecord(string Id, long ProducerId, short Epoch)
{
    public const short NoEpoch = -1;
    public const long NoProducer = -1;

    /// <summary>Epochs end here: the last one is kept for fencing, then the producer gets a new id.</summary>
    private const short LastUsable = short.MaxValue - 1;

    /// <summary>Epoch whose repeated calls are still answered; -1 = none.</summary>
    public short LastEpoch { get; init; } = NoEpoch;

    /// <summary>Producer id that <see cref="LastEpoch"/> belongs to when it is another one; -1 = the same.</summary>
    public long LastProducerId { get; init; } = NoProducer;

    /// <summary>While being ended: the producer id from then on; -1 = the same.</summary>
    public long NextProducerId { get; init; } = NoProducer;

    public TimeSpan Timeout { get; init; }

    public TransactionState State { get; init; } = TransactionState.Empty;

    public ImmutableHashSet<TopicPartition> Partitions { get; init; } = [];

    public ImmutableHashSet<string> Groups { get; init; } = [];

    /// <summary>When the open transaction began, epoch milliseconds.</summary>
    public long StartedAtMs { get; init; }

    /// <summary>When it last changed, epoch milliseconds.</summary>
    public long ChangedAtMs { get; init; }

    public bool IsEnding => State is TransactionState.PrepareCommit or TransactionState.PrepareAbort;

    public bool IsOpen => State == TransactionState.Ongoing;

    /// <summary>No further epoch can be given under this producer id.</summary>
    public bool IsExhausted => Epoch >= LastUsable;

    /// <summary>Whether the last transaction ended, or is ending, this way.</summary>
    public bool Ended(bool commit) => State is TransactionState.PrepareCommit or TransactionState.CompleteCommit == commit && State is not (TransactionState.Empty or TransactionState.Ongoing);

    /// <summary>Whether the call comes from the producer whose epoch was raised last, so that it may be a repetition.</summary>
    public bool IsLast(long producerId, short epoch) => epoch == LastEpoch && epoch != NoEpoch && producerId == (LastProducerId == NoProducer ? ProducerId : LastProducerId);

    /// <summary>After the markers: what is left of the transaction.</summary>
    public TransactionRecord Completed(long nowMs)
    {
        var moved = NextProducerId != NoProducer;
        return this with
        {
            State = State == TransactionState.PrepareCommit ? TransactionState.CompleteCommit : TransactionState.CompleteAbort,
            Partitions = [],
            Groups = [],
            ProducerId = moved ? NextProducerId : ProducerId,
            Epoch = moved ? (short)0 : Epoch,
            LastProducerId = moved ? ProducerId : LastProducerId,
            NextProducerId = NoProducer,
            ChangedAtMs = nowMs,
        };
    }
}
