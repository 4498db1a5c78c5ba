namespace Leat.Log;

/// <summary>Heartbeat, versions 0 to 4.</summary>
internal static class HeartbeatApi
{
    public sealed record Request(string Group, int Generation, string MemberId, string? InstanceId);

    public static Request Read(ref KafkaReader r)
    {
        var request = new Request(r.ReadString(), r.ReadInt32(), r.ReadString(), r.Version >= 3 ? r.ReadNullableString() : null);
        r.SkipTags();
        return request;
    }

    public static void Write(KafkaWriter w, KafkaError error)
    {
        if (w.Version >= 1) w.WriteThrottle();
        w.WriteError(error);
        w.WriteTags();
    }
}
