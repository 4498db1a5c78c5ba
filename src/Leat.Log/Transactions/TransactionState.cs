namespace Leat.Log;

/// <summary>Where a transactional id is. The numbers are stored.</summary>
internal enum TransactionState : byte
{
    /// <summary>The producer is known and has begun nothing.</summary>
    Empty = 1,

    /// <summary>Partitions or groups belong to an open transaction.</summary>
    Ongoing = 2,

    /// <summary>Committed whatever happens; markers are being written.</summary>
    PrepareCommit = 3,

    /// <summary>Aborted whatever happens; markers are being written.</summary>
    PrepareAbort = 4,

    /// <summary>The last transaction was committed, everywhere.</summary>
    CompleteCommit = 5,

    /// <summary>The last transaction was aborted, everywhere.</summary>
    CompleteAbort = 6,
}
