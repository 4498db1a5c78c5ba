namespace Leat.Log;

/// <summary>End of a producer's transaction.</summary>
/// <param name="ProducerId">Whose.</param>
/// <param name="ProducerEpoch">Its epoch; an older one than the partition knows is refused, a newer one fences.</param>
/// <param name="Commit">Committed, or aborted.</param>
/// <param name="CoordinatorEpoch">Written into the marker.</param>
internal readonly record struct TransactionMarker(long ProducerId, short ProducerEpoch, bool Commit, int CoordinatorEpoch = 0);
