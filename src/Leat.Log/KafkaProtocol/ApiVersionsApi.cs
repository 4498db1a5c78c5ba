namespace Leat.Log;

/// <summary>ApiVersions, versions 0 to 3.</summary>
internal static class ApiVersionsApi
{
    public static void Read(ref KafkaReader r)
    {
        if (r.Version < 3) return;
        r.ReadString(); // name of the client library
        r.ReadString(); // its version
        r.SkipTags();
    }

    public static void Write(KafkaWriter w, KafkaError error)
    {
        w.WriteError(error);
        w.WriteArray(ApiTable.All, static (w, api) =>
        {
            w.WriteInt16((short)api.Key);
            w.WriteInt16(api.Min);
            w.WriteInt16(api.Max);
        });
        if (w.Version >= 1) w.WriteThrottle();
        w.WriteTags();
    }
}
