namespace Leat.Log;

/// <summary>AddPartitionsToTxn, versions 0 to 3.</summary>
internal static class AddPartitionsToTxnApi
{
    public sealed record Request(string TransactionalId, long ProducerId, short ProducerEpoch, List<ByTopic<int>> Topics);

    public static Request Read(ref KafkaReader r)
    {
        var request = new Request(r.ReadString(), r.ReadInt64(), r.ReadInt16(), r.ReadByTopic(static (ref KafkaReader r) => r.ReadInt32()));
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, List<ByTopic<PartitionError>> topics)
    {
        w.WriteThrottle();
        w.WriteByTopic(topics, PartitionError.Write);
        w.WriteTags();
    }
}
