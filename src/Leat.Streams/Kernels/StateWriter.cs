using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Streams.Kernels;

/// <summary>Growing bytes for state that goes to disk: variable-length integers, texts with length.</summary>
internal sealed class StateWriter
{
    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Byte(byte value) => Room(1)[0] = value;

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Number(long value)
    {
        var left = ((ulong)value << 1) ^ (ulong)(value >> 63);
        var room = Space(10);
        var i = 0;
        for (; left >= 0x80; left >>= 7) room[i++] = (byte)(left | 0x80);
        room[i++] = (byte)left;
        Length += i;
    }

    public void Wide(Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(Room(16), value);

    public void Float(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);

    public void Decimal(decimal value) => Unsafe.WriteUnaligned(ref Room(16)[0], value);

    public void Uuid(Guid value) => value.TryWriteBytes(Room(16));

    public void Text(Text value) => Bytes(value.Bytes);

    public void String(string? value)
    {
        Boolean(value is not null);
        if (value is not null) Bytes(System.Text.Encoding.UTF8.GetBytes(value));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        value.CopyTo(Room(value.Length));
    }

    /// <summary>The first bytes written, to write them again.</summary>
    public Span<byte> Head(int size) => _bytes.AsSpan(0, size);

    /// <summary>Bytes as another writer wrote them.</summary>
    public void Raw(ReadOnlySpan<byte> written) => written.CopyTo(Room(written.Length));

    private Span<byte> Room(int size)
    {
        var room = Space(size)[..size];
        Length += size;
        return room;
    }

    private Span<byte> Space(int size)
    {
        if (_bytes.Length - Length < size) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + size));
        return _bytes.AsSpan(Length);
    }
}
