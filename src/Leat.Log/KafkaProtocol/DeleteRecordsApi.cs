namespace Leat.Log;

/// <summary>DeleteRecords, versions 0 to 2.</summary>
internal static class DeleteRecordsApi
{
    /// <summary>Records before <paramref name="Offset"/> go; -1 = all.</summary>
    public readonly record struct Partition(int Index, long Offset);

    public readonly record struct PartitionResult(int Index, long StartOffset, KafkaError Error);

    public static List<ByTopic<Partition>> Read(ref KafkaReader r)
    {
        var topics = r.ReadByTopic(ReadPartition);
        r.ReadInt32(); // timeout: done at once
        r.SkipTags();
        return topics;
    }

    public static void Write(KafkaWriter w, List<ByTopic<PartitionResult>> topics)
    {
        w.WriteThrottle();
        w.WriteByTopic(topics, static (w, result) =>
        {
            w.WriteInt32(result.Index);
            w.WriteInt64(result.StartOffset);
            w.WriteError(result.Error);
        });
        w.WriteTags();
    }

    private static Partition ReadPartition(ref KafkaReader r)
    {
        var partition = new Partition(r.ReadInt32(), r.ReadInt64());
        r.SkipTags();
        return partition;
    }
}
