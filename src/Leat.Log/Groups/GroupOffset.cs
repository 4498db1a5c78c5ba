namespace Leat.Log;

/// <summary>How far a group has come in a partition.</summary>
/// <param name="Partition">Where.</param>
/// <param name="Offset">Next offset to read.</param>
/// <param name="Metadata">Free text kept beside the offset.</param>
public sealed record GroupOffset(TopicPartition Partition, long Offset, string Metadata = "");
