namespace Leat.Log;

/// <summary>Something found and settled when the log was opened.</summary>
/// <param name="Partition">Where.</param>
/// <param name="Kind">What was found.</param>
/// <param name="File">Segment file.</param>
/// <param name="Position">First byte concerned.</param>
/// <param name="Bytes">Bytes removed (torn tail) or unreadable (damage).</param>
/// <param name="FromOffset">First offset concerned.</param>
/// <param name="ToOffsetExcl">First offset not concerned; for a torn tail equal to <paramref name="FromOffset"/>, because nothing there was acknowledged.</param>
public sealed record LogRecovery(TopicPartition Partition, LogRecoveryKind Kind, string File, long Position, long Bytes, long FromOffset, long ToOffsetExcl);
