namespace Leat.Log;

/// <summary>AddOffsetsToTxn, versions 0 to 3.</summary>
internal static class AddOffsetsToTxnApi
{
    public sealed record Request(string TransactionalId, long ProducerId, short ProducerEpoch, string Group);

    public static Request Read(ref KafkaReader r)
    {
        var request = new Request(r.ReadString(), r.ReadInt64(), r.ReadInt16(), r.ReadString());
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
