using System.Buffers.Binary;
using System.Text;

namespace Leat.Log;

/// <summary>Decodes what <see cref="StateWriter"/> wrote.</summary>
internal sealed class StateReader(ReadOnlyMemory<byte> bytes)
{
    private ReadOnlyMemory<byte> _left = bytes;

    public byte Byte() => Take(1)[0];

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public string Text() => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))));

    public TopicPartition Partition() => new(Text(), Int32());

    /// <summary>Reads a version or kind byte that must be at most <paramref name="known"/>.</summary>
    /// <exception cref="Leat.Core.LeatException">LEAT2045 written by a newer version.</exception>
    public byte Known(byte known, string what)
    {
        var found = Byte();
        return found >= 1 && found <= known ? found : throw LogErrors.BrokenState($"{what} is {found}; this version knows 1 to {known}");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _left.Length) throw LogErrors.BrokenState($"{count} bytes were expected, {_left.Length} are left");
        var taken = _left.Span[..count];
        _left = _left[count..];
        return taken;
    }
}
