namespace Leat.Log;

/// <summary>An open topic.</summary>
internal sealed record EmbeddedTopic(TopicInfo Info, TopicState State, PartitionLog[] Partitions);
