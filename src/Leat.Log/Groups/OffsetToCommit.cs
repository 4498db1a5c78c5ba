namespace Leat.Log;

/// <summary>A group's position in a partition, to be kept.</summary>
/// <param name="Partition">Where.</param>
/// <param name="Offset">Next offset to read.</param>
/// <param name="LeaderEpoch">As the client said; -1 = unknown.</param>
/// <param name="Metadata">Free text, at most 4,096 bytes.</param>
internal sealed record OffsetToCommit(TopicPartition Partition, long Offset, int LeaderEpoch = -1, string Metadata = "");
