namespace Leat.Log;

/// <summary>What became of one partition of a request.</summary>
internal sealed record PartitionAnswer(TopicPartition Partition, KafkaError Error);
