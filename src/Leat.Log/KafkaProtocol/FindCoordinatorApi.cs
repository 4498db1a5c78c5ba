namespace Leat.Log;

/// <summary>FindCoordinator, versions 0 to 4.</summary>
internal static class FindCoordinatorApi
{
    public const int Group = 0;

    public const int Transaction = 1;

    public sealed record Request(int KeyType, List<string> Keys);

    public static Request Read(ref KafkaReader r)
    {
        var first = r.Version <= 3 ? r.ReadString() : null;
        var type = r.Version >= 1 ? r.ReadInt8() : Group;
        var keys = first is null ? r.ReadArray(static (ref KafkaReader r) => r.ReadString()) : [first];
        r.SkipTags();
        return new Request(type, keys);
    }

    public static void Write(KafkaWriter w, Request request, KafkaError error, Broker broker)
    {
        if (w.Version >= 1) w.WriteThrottle();
        if (w.Version >= 4)
        {
            w.WriteArray(request.Keys, (w, key) =>
            {
                w.WriteString(key);
                WriteBroker(w, error, broker);
                w.WriteError(error);
                w.WriteString(null);
            });
        }
        else
        {
            w.WriteError(error);
            if (w.Version >= 1) w.WriteString(null);
            WriteBroker(w, error, broker);
        }
        w.WriteTags();
    }

    private static void WriteBroker(KafkaWriter w, KafkaError error, Broker broker)
    {
        w.WriteInt32(error == KafkaError.None ? broker.Id : -1);
        w.WriteString(error == KafkaError.None ? broker.Host : "");
        w.WriteInt32(error == KafkaError.None ? broker.Port : -1);
    }
}
