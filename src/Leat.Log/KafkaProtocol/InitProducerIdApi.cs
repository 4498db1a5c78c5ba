namespace Leat.Log;

/// <summary>InitProducerId, versions 0 to 4.</summary>
internal static class InitProducerIdApi
{
    /// <summary>Who asks; without transactional id for an idempotent producer only.</summary>
    public sealed record Request(string? TransactionalId, int TimeoutMs, long ProducerId, short ProducerEpoch);

    public static Request Read(ref KafkaReader r)
    {
        var (id, timeoutMs) = (r.ReadNullableString(), r.ReadInt32());
        var request = r.Version >= 3 ? new Request(id, timeoutMs, r.ReadInt64(), r.ReadInt16()) : new Request(id, timeoutMs, -1, -1);
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, KafkaError error, long producerId, short producerEpoch)
    {
        w.WriteThrottle();
        w.WriteError(error);
        w.WriteInt64(producerId);
        w.WriteInt16(producerEpoch);
        w.WriteTags();
    }
}
