using System.IO.Compression;

namespace Leat.Log;

/// <summary>gzip, RFC 1952; several members may follow each other.</summary>
internal sealed unsafe class GzipCodec : ICodec
{
    private const int Step = 64 << 10;

    /// <summary>gzip of nothing, which <see cref="GZipStream"/> writes as no bytes at all.</summary>
    private static ReadOnlySpan<byte> EmptyMember => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public byte[] Pack(ReadOnlySpan<byte> plain)
    {
        if (plain.IsEmpty) return [.. EmptyMember];
        using var packed = new MemoryStream(plain.Length / 2);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(plain);
        return packed.ToArray();
    }

    public void Unpack(ReadOnlySpan<byte> packed, UnpackedBuffer into)
    {
        if (packed.IsEmpty) throw new InvalidDataException("a gzip member is cut short");
        fixed (byte* start = packed)
        {
            using var memory = new UnmanagedMemoryStream(start, packed.Length);
            using var gzip = new GZipStream(memory, CompressionMode.Decompress);
            while (true)
            {
                var room = into.Reserve(1);
                var read = gzip.Read(room.Length > Step ? room[..Step] : room);
                if (read == 0) return;
                into.Advance(read);
            }
        }
    }
}
