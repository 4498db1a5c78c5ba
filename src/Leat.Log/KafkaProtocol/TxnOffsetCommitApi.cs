namespace Leat.Log;

/// <summary>TxnOffsetCommit, versions 0 to 3.</summary>
internal static class TxnOffsetCommitApi
{
    public sealed record Request(string TransactionalId, string Group, long ProducerId, short ProducerEpoch, List<ByTopic<OffsetCommitApi.Partition>> Topics)
    {
        /// <summary>The consumer's place in its group; -1 = not said (before version 3).</summary>
        public int Generation { get; init; } = -1;

        public string MemberId { get; init; } = "";

        public string? InstanceId { get; init; }
    }

    public static Request Read(ref KafkaReader r)
    {
        var (id, group, producer, epoch) = (r.ReadString(), r.ReadString(), r.ReadInt64(), r.ReadInt16());
        var (generation, member, instance) = r.Version >= 3 ? (r.ReadInt32(), r.ReadString(), r.ReadNullableString()) : (-1, "", null);
        var request = new Request(id, group, producer, epoch, r.ReadByTopic(ReadPartition)) { Generation = generation, MemberId = member, InstanceId = instance };
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, List<ByTopic<PartitionError>> topics)
    {
        w.WriteThrottle();
        w.WriteByTopic(topics, PartitionError.Write);
        w.WriteTags();
    }

    private static OffsetCommitApi.Partition ReadPartition(ref KafkaReader r)
    {
        var partition = new OffsetCommitApi.Partition(r.ReadInt32(), r.ReadInt64(), r.Version >= 2 ? r.ReadInt32() : -1, r.ReadNullableString());
        r.SkipTags();
        return partition;
    }
}
