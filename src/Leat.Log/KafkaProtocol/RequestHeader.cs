namespace Leat.Log;

/// <summary>What every request begins with.</summary>
/// <param name="Key">Which request.</param>
/// <param name="Version">Its version.</param>
/// <param name="CorrelationId">Comes back in the response.</param>
/// <param name="ClientId">Name the client gives itself.</param>
internal readonly record struct RequestHeader(short Key, short Version, int CorrelationId, string? ClientId)
{
    /// <summary>Bytes that every request has at least.</summary>
    public const int MinBytes = 8;

    /// <summary>Reads the header; afterwards the reader stands on the body and knows its encoding.</summary>
    /// <remarks>A version outside the table is read as far as the correlation id: its encoding is not known.</remarks>
    public static RequestHeader Read(ref KafkaReader reader)
    {
        var key = reader.ReadInt16();
        var version = reader.ReadInt16();
        var correlationId = reader.ReadInt32();
        if (ApiTable.Find(key) is not { } api || !api.Holds(version)) return new RequestHeader(key, version, correlationId, null);
        reader.Use(version, api.IsFlexible(version));
        var header = new RequestHeader(key, version, correlationId, reader.ReadClassicString());
        reader.SkipTags();
        return header;
    }

    /// <summary>Begins the response: room for its size, then its header.</summary>
    /// <remarks>The response to ApiVersions has the oldest header in every version, so that any client can read it.</remarks>
    public KafkaWriter Respond()
    {
        var flexible = ApiTable.Find(Key) is { } api && api.IsFlexible(Version);
        var writer = new KafkaWriter(Version, flexible);
        writer.WriteInt32(0);
        writer.WriteInt32(CorrelationId);
        if (Key != (short)ApiKey.ApiVersions) writer.WriteTags();
        return writer;
    }
}
