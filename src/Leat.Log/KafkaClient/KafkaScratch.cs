using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Memory for the key and value of the one message that a consumer is handing out, so that neither becomes an array of its own. Owned by the consumer's caller.</summary>
internal sealed class KafkaScratch : Rd.IDeserializer<KafkaPart>
{
    private byte[] _bytes = new byte[4096];
    private int _used;

    public KafkaPart Deserialize(ReadOnlySpan<byte> data, bool isNull, Rd.SerializationContext context)
    {
        if (isNull) return new KafkaPart(0, -1);
        if (_bytes.Length - _used < data.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + data.Length));
        data.CopyTo(_bytes.AsSpan(_used));
        var part = new KafkaPart(_used, data.Length);
        _used += data.Length;
        return part;
    }

    public ReadOnlySpan<byte> this[KafkaPart part] => part.Length <= 0 ? [] : _bytes.AsSpan(part.Start, part.Length);

    /// <summary>Forgets the message: the next may come.</summary>
    public void Clear() => _used = 0;
}
