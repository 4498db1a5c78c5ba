namespace Leat.Log;

/// <summary>SaslAuthenticate, versions 0 to 2.</summary>
internal static class SaslAuthenticateApi
{
    public static Memory<byte> Read(ref KafkaReader r)
    {
        var bytes = r.ReadBytes();
        r.SkipTags();
        return bytes;
    }

    public static void Write(KafkaWriter w, KafkaError error, string? message, ReadOnlySpan<byte> bytes)
    {
        w.WriteError(error);
        w.WriteString(message);
        w.WriteBytes(bytes);
        if (w.Version >= 1) w.WriteInt64(0); // the login does not run out
        w.WriteTags();
    }
}
