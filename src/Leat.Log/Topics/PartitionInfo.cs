namespace Leat.Log;

/// <summary>A partition as it is.</summary>
/// <param name="StartOffset">First offset kept.</param>
/// <param name="EndOffsetExcl">End of what readers may see.</param>
/// <param name="SizeBytes">Bytes on disk; -1 where the log does not tell (Kafka).</param>
/// <param name="MaxTimestampMs">Newest record time, epoch milliseconds; -1 when empty.</param>
public sealed record PartitionInfo(long StartOffset, long EndOffsetExcl, long SizeBytes, long MaxTimestampMs);
