namespace Leat.Log;

/// <summary>Damage that was taken out of the way.</summary>
/// <param name="Partition">Where.</param>
/// <param name="FromOffset">First offset that readers pass over.</param>
/// <param name="ToOffsetExcl">First offset after it.</param>
/// <param name="Bytes">Damaged bytes kept; 0 when the file itself was missing.</param>
/// <param name="File">Where they are kept; empty when there are none.</param>
public sealed record QuarantinedRange(TopicPartition Partition, long FromOffset, long ToOffsetExcl, long Bytes, string File);
