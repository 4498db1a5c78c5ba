namespace Leat.Log;

/// <summary>OffsetFetch, versions 1 to 7.</summary>
internal static class OffsetFetchApi
{
    /// <summary>Partitions asked for; null = all that the group has offsets of.</summary>
    public sealed record Request(string Group, List<ByTopic<int>>? Topics, bool RequireStable);

    public readonly record struct PartitionResult(int Index, long Offset, int LeaderEpoch, string? Metadata, KafkaError Error);

    public static Request Read(ref KafkaReader r)
    {
        var request = new Request(r.ReadString(), r.ReadNullableByTopic(static (ref KafkaReader r) => r.ReadInt32()), r.Version >= 7 && r.ReadBool());
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, KafkaError error, List<ByTopic<PartitionResult>> topics)
    {
        if (w.Version >= 3) w.WriteThrottle();
        w.WriteByTopic(topics, static (w, result) =>
        {
            w.WriteInt32(result.Index);
            w.WriteInt64(result.Offset);
            if (w.Version >= 5) w.WriteInt32(result.LeaderEpoch);
            w.WriteString(result.Metadata);
            w.WriteError(result.Error);
        });
        if (w.Version >= 2) w.WriteError(error);
        w.WriteTags();
    }
}
