using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.Streams.Kernels;

/// <summary>Reads what <see cref="StateWriter"/> wrote, in the same order.</summary>
internal sealed class StateReader(ReadOnlyMemory<byte> bytes)
{
    private int _at;

    public bool AtEnd => _at >= bytes.Length;

    public byte Byte() => Take(1)[0];

    public bool Boolean() => Byte() != 0;

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
        }

        throw new InvalidDataException("an integer does not end");
    }

    public Int128 Wide() => BinaryPrimitives.ReadInt128LittleEndian(Take(16));

    public double Float() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public decimal Decimal() => MemoryMarshal.Read<decimal>(Take(16));

    public Guid Uuid() => new(Take(16));

    public Text Text(TextArena arena) => arena.Copy(Bytes());

    public string? String() => Boolean() ? System.Text.Encoding.UTF8.GetString(Bytes()) : null;

    public ReadOnlySpan<byte> Bytes() => Take(checked((int)Number()));

    public ReadOnlyMemory<byte> Slice()
    {
        var length = checked((int)Number());
        var start = _at;
        Take(length);
        return bytes.Slice(start, length);
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        if (size < 0 || bytes.Length - _at < size) throw new InvalidDataException($"state ends at {bytes.Length}, {size} bytes wanted at {_at}");
        var taken = bytes.Span.Slice(_at, size);
        _at += size;
        return taken;
    }
}
