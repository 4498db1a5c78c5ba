namespace Leat.Log;

/// <summary>Produce, versions 3 to 10.</summary>
internal static class ProduceApi
{
    public sealed record Request(string? TransactionalId, short Acks, int TimeoutMs, List<ByTopic<Partition>> Topics);

    /// <summary>Batches for a partition; memory of the request.</summary>
    public readonly record struct Partition(int Index, Memory<byte> Records);

    public readonly record struct PartitionResult(int Index, BatchAppend Append);

    public static Request Read(ref KafkaReader r)
    {
        var request = new Request(r.ReadNullableString(), r.ReadInt16(), r.ReadInt32(), r.ReadByTopic(ReadPartition));
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, List<ByTopic<PartitionResult>> topics)
    {
        w.WriteByTopic(topics, WritePartition);
        w.WriteThrottle();
        w.WriteTags();
    }

    private static Partition ReadPartition(ref KafkaReader r)
    {
        var partition = new Partition(r.ReadInt32(), r.ReadBytes());
        r.SkipTags();
        return partition;
    }

    private static void WritePartition(KafkaWriter w, PartitionResult result)
    {
        w.WriteInt32(result.Index);
        w.WriteError(result.Append.Error);
        w.WriteInt64(result.Append.BaseOffset);
        w.WriteInt64(result.Append.AppendTimeMs);
        if (w.Version >= 5) w.WriteInt64(result.Append.StartOffset);
        if (w.Version < 8) return;
        w.WriteArrayLength(0);
        w.WriteString(result.Append.Message);
    }
}
