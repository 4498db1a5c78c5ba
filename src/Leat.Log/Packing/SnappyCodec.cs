using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>snappy by the system's libsnappy. Packs in the framing of Kafka's Java clients (xerial), unpacks that and bare blocks, as librdkafka writes them.</summary>
internal sealed unsafe partial class SnappyCodec : ICodec
{
    public const string Library = "libsnappy.so.1";
    private const int BlockBytes = 32 << 10;

    private static ReadOnlySpan<byte> Frame => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1];

    public byte[] Pack(ReadOnlySpan<byte> plain)
    {
        var blocks = (plain.Length + BlockBytes - 1) / BlockBytes;
        var bytes = new byte[Frame.Length + (blocks * (4 + (int)MaxPacked(BlockBytes)))];
        Frame.CopyTo(bytes);
        var at = Frame.Length;
        for (; !plain.IsEmpty; plain = plain[Math.Min(BlockBytes, plain.Length)..])
        {
            var block = plain[..Math.Min(BlockBytes, plain.Length)];
            nuint written = (nuint)(bytes.Length - at - 4);
            fixed (byte* from = block)
            fixed (byte* to = &bytes[at + 4])
            {
                if (PackCall(from, (nuint)block.Length, to, ref written) != 0) throw new InvalidDataException("snappy could not pack");
            }
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), (int)written);
            at += 4 + (int)written;
        }
        return bytes[..at];
    }

    public void Unpack(ReadOnlySpan<byte> packed, UnpackedBuffer into)
    {
        if (packed.Length < Frame.Length || !packed[..8].SequenceEqual(Frame[..8]))
        {
            UnpackBlock(packed, into);
            return;
        }
        for (var rest = packed[Frame.Length..]; !rest.IsEmpty;)
        {
            if (rest.Length < 4) throw new InvalidDataException("a snappy frame is cut short");
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            if (length < 0 || length > rest.Length - 4) throw new InvalidDataException("a snappy frame is cut short");
            UnpackBlock(rest.Slice(4, length), into);
            rest = rest[(4 + length)..];
        }
    }

    private static void UnpackBlock(ReadOnlySpan<byte> block, UnpackedBuffer into)
    {
        fixed (byte* from = block)
        {
            if (UnpackedLength(from, (nuint)block.Length, out var length) != 0 || length > int.MaxValue) throw new InvalidDataException("not a snappy block");
            var room = into.Reserve((int)length);
            fixed (byte* to = room)
            {
                if (UnpackCall(from, (nuint)block.Length, to, ref length) != 0) throw new InvalidDataException("a snappy block is damaged");
            }
            into.Advance((int)length);
        }
    }

    [LibraryImport(Library, EntryPoint = "snappy_max_compressed_length")]
    private static partial nuint MaxPacked(nuint bytes);

    [LibraryImport(Library, EntryPoint = "snappy_compress")]
    private static partial int PackCall(byte* from, nuint bytes, byte* to, ref nuint written);

    [LibraryImport(Library, EntryPoint = "snappy_uncompressed_length")]
    private static partial int UnpackedLength(byte* from, nuint bytes, out nuint length);

    [LibraryImport(Library, EntryPoint = "snappy_uncompress")]
    private static partial int UnpackCall(byte* from, nuint bytes, byte* to, ref nuint written);
}
