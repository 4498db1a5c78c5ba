using System.Buffers.Binary;
using System.Numerics;

namespace Leat.Lake.Kernels;

/// <summary>Reads Delta's portable 64-bit Roaring bitmaps: magic, buckets by high 32 bits, each a standard 32-bit Roaring bitmap. Little-endian.</summary>
internal ref struct RoaringRows
{
    private const int Magic = 1681511377;
    private const int CookieWithRuns = 12347;
    private const int Cookie = 12346;
    private const int ArrayLimit = 4096;
    private const int BitsetWords = 1024;
    private readonly List<long> _rows;
    private ReadOnlySpan<byte> _rest;

    private RoaringRows(ReadOnlySpan<byte> bytes)
    {
        _rest = bytes;
        _rows = [];
    }

    /// <summary>All members, ascending.</summary>
    /// <exception cref="FormatException">The bytes are no such bitmap.</exception>
    public static long[] Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new RoaringRows(bytes);
        var magic = (int)reader.UInt32();
        if (magic != Magic) throw new FormatException($"magic number {magic}, expected {Magic}");
        var buckets = BinaryPrimitives.ReadInt64LittleEndian(reader.Take(8));
        for (var i = 0L; i < buckets; i++) reader.ReadBucket((long)reader.UInt32() << 32);
        return [.. reader._rows];
    }

    private void ReadBucket(long high)
    {
        var cookie = UInt32();
        int containers;
        ReadOnlySpan<byte> runFlags = default;
        if ((cookie & 0xFFFF) == CookieWithRuns)
        {
            containers = (int)(cookie >> 16) + 1;
            runFlags = Take((containers + 7) / 8);
        }
        else if (cookie == Cookie)
        {
            containers = (int)UInt32();
        }
        else
        {
            throw new FormatException($"cookie {cookie} is not of a Roaring bitmap");
        }
        if (containers > 65_536) throw new FormatException($"{containers} containers");
        var headers = Take(containers * 4);
        if (runFlags.IsEmpty || containers >= 4) Take(containers * 4);
        for (var i = 0; i < containers; i++)
        {
            var key = BinaryPrimitives.ReadUInt16LittleEndian(headers[(i * 4)..]);
            var count = BinaryPrimitives.ReadUInt16LittleEndian(headers[((i * 4) + 2)..]) + 1;
            var from = high | ((long)key << 16);
            if (!runFlags.IsEmpty && (runFlags[i / 8] >> (i % 8) & 1) != 0) ReadRuns(from);
            else if (count <= ArrayLimit) ReadArray(from, count);
            else ReadBitset(from);
        }
    }

    private void ReadRuns(long from)
    {
        var runs = UInt16();
        for (var i = 0; i < runs; i++)
        {
            var start = UInt16();
            var length = UInt16() + 1;
            for (var j = 0; j < length; j++) _rows.Add(from + start + j);
        }
    }

    private void ReadArray(long from, int count)
    {
        var values = Take(count * 2);
        for (var i = 0; i < count; i++) _rows.Add(from + BinaryPrimitives.ReadUInt16LittleEndian(values[(i * 2)..]));
    }

    private void ReadBitset(long from)
    {
        var words = Take(BitsetWords * 8);
        for (var i = 0; i < BitsetWords; i++)
        {
            for (var word = BinaryPrimitives.ReadUInt64LittleEndian(words[(i * 8)..]); word != 0; word &= word - 1)
                _rows.Add(from + (i * 64) + BitOperations.TrailingZeroCount(word));
        }
    }

    private int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw new FormatException($"the bitmap ends {count - _rest.Length} bytes early");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
