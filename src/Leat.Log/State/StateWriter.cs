using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Leat.Log;

/// <summary>Encodes keys and values of a <see cref="StateTopic"/>: big-endian numbers, texts as UTF-8 behind their length (two bytes).</summary>
internal sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public StateWriter Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
        return this;
    }

    public StateWriter Int16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(2), value);
        _bytes.Advance(2);
        return this;
    }

    public StateWriter Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), value);
        _bytes.Advance(4);
        return this;
    }

    public StateWriter Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
        return this;
    }

    /// <exception cref="ArgumentException">Longer than 65,535 bytes.</exception>
    public StateWriter Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        if (length > ushort.MaxValue) throw new ArgumentException($"a text of {length} bytes is too long to be kept", nameof(value));
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.GetSpan(2), (ushort)length);
        _bytes.Advance(2);
        _ = Encoding.UTF8.GetBytes(value, _bytes.GetSpan(length));
        _bytes.Advance(length);
        return this;
    }

    public StateWriter Partition(TopicPartition partition) => Text(partition.Topic).Int32(partition.Partition);
}
