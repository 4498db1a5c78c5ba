namespace Leat.Log;

/// <summary>OffsetForLeaderEpoch, versions 2 to 4.</summary>
internal static class OffsetForLeaderEpochApi
{
    public readonly record struct Partition(int Index, int CurrentEpoch, int WantedEpoch);

    public readonly record struct PartitionResult(int Index, KafkaError Error, int Epoch = -1, long EndOffset = -1);

    public static List<ByTopic<Partition>> Read(ref KafkaReader r)
    {
        if (r.Version >= 3) r.ReadInt32(); // replica id
        var topics = r.ReadByTopic(ReadPartition);
        r.SkipTags();
        return topics;
    }

    public static void Write(KafkaWriter w, List<ByTopic<PartitionResult>> topics)
    {
        w.WriteThrottle();
        w.WriteByTopic(topics, static (w, result) =>
        {
            w.WriteError(result.Error);
            w.WriteInt32(result.Index);
            w.WriteInt32(result.Epoch);
            w.WriteInt64(result.EndOffset);
        });
        w.WriteTags();
    }

    private static Partition ReadPartition(ref KafkaReader r)
    {
        var partition = new Partition(r.ReadInt32(), r.ReadInt32(), r.ReadInt32());
        r.SkipTags();
        return partition;
    }
}
