namespace Leat.Log;

/// <summary>A group's committed position in a partition.</summary>
/// <param name="Partition">Where.</param>
/// <param name="Offset">Next offset to read; -1 = none committed, or an error.</param>
/// <param name="LeaderEpoch">As committed; -1 = unknown.</param>
/// <param name="Metadata">As committed.</param>
/// <param name="Error">UNSTABLE_OFFSET_COMMIT or none.</param>
internal sealed record FetchedOffset(TopicPartition Partition, long Offset, int LeaderEpoch = -1, string Metadata = "", KafkaError Error = KafkaError.None);
