using Leat.Storage;

namespace Leat.Log;

/// <summary>A partition as found on disk, settled and ready to be continued.</summary>
/// <param name="Segments">Oldest first, at least one.</param>
/// <param name="Last">The open last segment.</param>
/// <param name="Index">Its index.</param>
/// <param name="Mark">How far it was fsynced.</param>
/// <param name="Keys">Newest idempotency keys.</param>
/// <param name="Producers">Producers and their transactions.</param>
/// <param name="StartOffset">First offset kept.</param>
internal sealed record RecoveredPartition(List<Segment> Segments, DurableFile Last, SegmentIndex Index, DurableMark Mark, KeyWindow Keys, ProducerTable Producers, long StartOffset);
