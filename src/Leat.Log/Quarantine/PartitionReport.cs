namespace Leat.Log;

/// <summary>What reading every batch of a partition found.</summary>
/// <param name="Partition">Where.</param>
/// <param name="StartOffset">First offset kept.</param>
/// <param name="EndOffsetExcl">End of what is durable, also beyond an open transaction.</param>
/// <param name="Records">Records in whole batches, those of open and aborted transactions too.</param>
/// <param name="Bytes">Bytes of whole batches, headers and markers included.</param>
/// <param name="Damage">What is not served, in order.</param>
public sealed record PartitionReport(TopicPartition Partition, long StartOffset, long EndOffsetExcl, long Records, long Bytes, IReadOnlyList<DamagedRange> Damage);
