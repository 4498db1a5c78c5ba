namespace Leat.Log;

/// <summary>An open topic.</summary>
internal sealed record EmbeddedTopic(TopicInfo Info, PartitionLog[] Partitions);
