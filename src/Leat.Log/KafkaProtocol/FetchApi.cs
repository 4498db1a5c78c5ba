namespace Leat.Log;

/// <summary>Fetch, versions 4 to 12.</summary>
internal static class FetchApi
{
    public sealed record Request(int MaxWaitMs, int MinBytes, int MaxBytes, bool CommittedOnly, FetchSession Session, List<ByTopic<Partition>> Topics);

    /// <summary>Incremental session asked for (KIP-227); 0 and -1 = none.</summary>
    public readonly record struct FetchSession(int Id, int Epoch);

    public readonly record struct Partition(int Index, int LeaderEpoch, long FetchOffset, int MaxBytes);

    /// <summary>What a partition has; the batches go over to the response. Null with an error that is not the log's.</summary>
    public readonly record struct PartitionResult(int Index, KafkaError Error, BatchFetch? Fetch);

    public static Request Read(ref KafkaReader r)
    {
        r.ReadInt32(); // replica id: only brokers have one
        var (maxWaitMs, minBytes, maxBytes) = (r.ReadInt32(), r.ReadInt32(), r.ReadInt32());
        var committedOnly = r.ReadInt8() == 1;
        var session = r.Version >= 7 ? new FetchSession(r.ReadInt32(), r.ReadInt32()) : new FetchSession(0, -1);
        var topics = r.ReadByTopic(ReadPartition);
        if (r.Version >= 7) r.ReadByTopic(static (ref KafkaReader r) => r.ReadInt32());
        if (r.Version >= 11) r.ReadString();
        r.SkipTags();
        return new Request(maxWaitMs, minBytes, maxBytes, committedOnly, session, topics);
    }

    public static void Write(KafkaWriter w, KafkaError error, List<ByTopic<PartitionResult>> topics, bool committedOnly)
    {
        w.WriteThrottle();
        if (w.Version >= 7)
        {
            w.WriteError(error);
            w.WriteInt32(0); // no session: the client names all partitions in every request
        }
        w.WriteByTopic(topics, committedOnly ? WriteCommitted : WriteAll);
        w.WriteTags();
    }

    private static Partition ReadPartition(ref KafkaReader r)
    {
        var index = r.ReadInt32();
        var leaderEpoch = r.Version >= 9 ? r.ReadInt32() : -1;
        var offset = r.ReadInt64();
        if (r.Version >= 12) r.ReadInt32(); // epoch of the last record fetched: there is only one epoch
        if (r.Version >= 5) r.ReadInt64(); // first offset of a follower
        var partition = new Partition(index, leaderEpoch, offset, r.ReadInt32());
        r.SkipTags();
        return partition;
    }

    private static void WriteCommitted(KafkaWriter w, PartitionResult result) => WritePartition(w, result, committedOnly: true);

    private static void WriteAll(KafkaWriter w, PartitionResult result) => WritePartition(w, result, committedOnly: false);

    private static void WritePartition(KafkaWriter w, PartitionResult result, bool committedOnly)
    {
        var fetch = result.Fetch;
        w.WriteInt32(result.Index);
        w.WriteError(result.Error);
        w.WriteInt64(fetch?.HighWatermark ?? -1);
        w.WriteInt64(fetch?.LastStableOffset ?? -1);
        if (w.Version >= 5) w.WriteInt64(fetch?.StartOffset ?? -1);
        if (committedOnly)
        {
            w.WriteArray(fetch?.Aborted ?? [], static (w, aborted) =>
            {
                w.WriteInt64(aborted.ProducerId);
                w.WriteInt64(aborted.FirstOffset);
            });
        }
        else
        {
            w.WriteArrayLength(-1);
        }
        if (w.Version >= 11) w.WriteInt32(-1); // no other replica to read from
        if (fetch is null) w.WriteBytes([]);
        else w.AttachBytes(fetch.Bytes, fetch);
    }
}
