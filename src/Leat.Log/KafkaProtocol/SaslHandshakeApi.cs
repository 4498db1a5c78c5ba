namespace Leat.Log;

/// <summary>SaslHandshake, versions 0 and 1.</summary>
internal static class SaslHandshakeApi
{
    /// <summary>Reads the mechanism that the client wants.</summary>
    public static string Read(ref KafkaReader r) => r.ReadString();

    public static void Write(KafkaWriter w, KafkaError error, IReadOnlyCollection<string> mechanisms)
    {
        w.WriteError(error);
        w.WriteStringArray(mechanisms);
    }
}
