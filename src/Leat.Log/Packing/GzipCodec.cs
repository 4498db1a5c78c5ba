using System.IO.Compression;

namespace Leat.Log;

/// <summary>gzip, RFC 1952; several members may follow each other.</summary>
internal sealed unsafe class GzipCodec : ICodec
{
    private const int Step = 64 << 10;

    public byte[] Pack(ReadOnlySpan<byte> plain)
    {
        using var packed = new MemoryStream(plain.Length / 2);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(plain);
        return packed.ToArray();
    }

    public void Unpack(ReadOnlySpan<byte> packed, UnpackedBuffer into)
    {
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
