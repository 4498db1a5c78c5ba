namespace Leat.Log;

/// <summary>EndTxn, versions 0 to 3.</summary>
internal static class EndTxnApi
{
    public sealed record Request(string TransactionalId, long ProducerId, short ProducerEpoch, bool Commit);

    public static Request Read(ref KafkaReader r)
    {
        var request = new Request(r.ReadString(), r.ReadInt64(), r.ReadInt16(), r.ReadBool());
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, KafkaError error)
    {
        w.WriteThrottle();
        w.WriteError(error);
        w.WriteTags();
    }
}
