namespace Leat.Log;

/// <summary>ListOffsets, versions 1 to 7.</summary>
internal static class ListOffsetsApi
{
    /// <summary>Instead of a time: the end of what readers may see.</summary>
    public const long Latest = -1;

    /// <summary>Instead of a time: the first offset kept.</summary>
    public const long Earliest = -2;

    /// <summary>Instead of a time: the record of the newest time.</summary>
    public const long MaxTimestamp = -3;

    public sealed record Request(bool CommittedOnly, List<ByTopic<Partition>> Topics);

    public readonly record struct Partition(int Index, int LeaderEpoch, long TimestampMs);

    public readonly record struct PartitionResult(int Index, KafkaError Error, long TimestampMs = -1, long Offset = -1);

    public static Request Read(ref KafkaReader r)
    {
        r.ReadInt32(); // replica id
        var committedOnly = r.Version >= 2 && r.ReadInt8() == 1;
        var request = new Request(committedOnly, r.ReadByTopic(ReadPartition));
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, List<ByTopic<PartitionResult>> topics)
    {
        if (w.Version >= 2) w.WriteThrottle();
        w.WriteByTopic(topics, static (w, result) =>
        {
            w.WriteInt32(result.Index);
            w.WriteError(result.Error);
            w.WriteInt64(result.TimestampMs);
            w.WriteInt64(result.Offset);
            if (w.Version >= 4) w.WriteInt32(result.Offset < 0 ? -1 : 0);
        });
        w.WriteTags();
    }

    private static Partition ReadPartition(ref KafkaReader r)
    {
        var partition = new Partition(r.ReadInt32(), r.Version >= 4 ? r.ReadInt32() : -1, r.ReadInt64());
        r.SkipTags();
        return partition;
    }
}
