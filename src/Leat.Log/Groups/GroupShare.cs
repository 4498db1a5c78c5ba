namespace Leat.Log;

/// <summary>Partitions handed to a member in a generation, each with the offset to begin at.</summary>
internal sealed record GroupShare(int Generation, IReadOnlyList<(TopicPartition Partition, long From)> Partitions);
