namespace Leat.Log;

/// <summary>A request on its way through a handler.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Body">What follows the header; valid until the request is answered.</param>
/// <param name="Client">Who sent it.</param>
/// <param name="Ct">The client is gone, or the port stops.</param>
internal readonly record struct KafkaRequest(RequestHeader Header, Memory<byte> Body, KafkaClient Client, CancellationToken Ct)
{
    /// <summary>Reads the header of a request.</summary>
    public static KafkaRequest Of(Memory<byte> frame, KafkaClient client, CancellationToken ct)
    {
        var reader = new KafkaReader(frame);
        var header = RequestHeader.Read(ref reader);
        return new KafkaRequest(header, frame[reader.Position..], client, ct);
    }

    /// <summary>Reads the body.</summary>
    public T Read<T>(KafkaReader.Element<T> body)
    {
        var reader = new KafkaReader(Body);
        reader.Use(Header.Version, ApiTable.Find(Header.Key)!.Value.IsFlexible(Header.Version));
        return body(ref reader);
    }

    /// <summary>Begins the answer.</summary>
    public KafkaWriter Respond() => Header.Respond();
}
