namespace Leat.Log;

/// <summary>OffsetCommit, versions 2 to 8.</summary>
internal static class OffsetCommitApi
{
    public sealed record Request(string Group, int Generation, string MemberId, string? InstanceId, List<ByTopic<Partition>> Topics);

    public readonly record struct Partition(int Index, long Offset, int LeaderEpoch, string? Metadata);

    public static Request Read(ref KafkaReader r)
    {
        var (group, generation, member) = (r.ReadString(), r.ReadInt32(), r.ReadString());
        var instance = r.Version >= 7 ? r.ReadNullableString() : null;
        if (r.Version <= 4) r.ReadInt64(); // retention: the broker's setting rules
        var request = new Request(group, generation, member, instance, r.ReadByTopic(ReadPartition));
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, List<ByTopic<PartitionError>> topics)
    {
        if (w.Version >= 3) w.WriteThrottle();
        w.WriteByTopic(topics, PartitionError.Write);
        w.WriteTags();
    }

    private static Partition ReadPartition(ref KafkaReader r)
    {
        var partition = new Partition(r.ReadInt32(), r.ReadInt64(), r.Version >= 6 ? r.ReadInt32() : -1, r.ReadNullableString());
        r.SkipTags();
        return partition;
    }
}
