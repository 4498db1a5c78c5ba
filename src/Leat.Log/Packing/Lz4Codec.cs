using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>lz4 frames by the system's liblz4; blocks are independent, because Kafka's Java clients read no others.</summary>
internal sealed unsafe partial class Lz4Codec : ICodec
{
    public const string Library = "liblz4.so.1";
    private const uint ApiVersion = 100;
    private const int PreferenceWords = 14;
    private const int BlockModeWord = 1;
    private const int Step = 64 << 10;

    public byte[] Pack(ReadOnlySpan<byte> plain)
    {
        var preferences = stackalloc int[PreferenceWords];
        new Span<int>(preferences, PreferenceWords).Clear();
        preferences[BlockModeWord] = 1;
        var bytes = new byte[(int)Bound((nuint)plain.Length, preferences)];
        fixed (byte* from = plain)
        fixed (byte* to = bytes)
        {
            return bytes[..(int)Check(PackCall(to, (nuint)bytes.Length, from, (nuint)plain.Length, preferences))];
        }
    }

    public void Unpack(ReadOnlySpan<byte> packed, UnpackedBuffer into)
    {
        _ = Check(Create(out var context, ApiVersion));
        try
        {
            fixed (byte* start = packed)
            {
                nuint at = 0;
                for (nuint hint = 1; hint != 0;)
                {
                    var room = into.Reserve(1);
                    var (written, read) = ((nuint)Math.Min(room.Length, Step), (nuint)packed.Length - at);
                    fixed (byte* to = room) hint = Check(UnpackCall(context, to, ref written, start + at, ref read, null));
                    if (hint != 0 && written == 0 && read == 0) throw new InvalidDataException("an lz4 frame is cut short");
                    into.Advance((int)written);
                    at += read;
                }
            }
        }
        finally
        {
            _ = Free(context);
        }
    }

    private static nuint Check(nuint code) =>
        IsError(code) == 0 ? code : throw new InvalidDataException($"lz4: {Marshal.PtrToStringUTF8(ErrorName(code))}");

    [LibraryImport(Library, EntryPoint = "LZ4F_compressFrameBound")]
    private static partial nuint Bound(nuint bytes, int* preferences);

    [LibraryImport(Library, EntryPoint = "LZ4F_compressFrame")]
    private static partial nuint PackCall(byte* to, nuint capacity, byte* from, nuint bytes, int* preferences);

    [LibraryImport(Library, EntryPoint = "LZ4F_createDecompressionContext")]
    private static partial nuint Create(out nint context, uint version);

    [LibraryImport(Library, EntryPoint = "LZ4F_decompress")]
    private static partial nuint UnpackCall(nint context, byte* to, ref nuint written, byte* from, ref nuint read, void* options);

    [LibraryImport(Library, EntryPoint = "LZ4F_freeDecompressionContext")]
    private static partial nuint Free(nint context);

    [LibraryImport(Library, EntryPoint = "LZ4F_isError")]
    private static partial uint IsError(nuint code);

    [LibraryImport(Library, EntryPoint = "LZ4F_getErrorName")]
    private static partial nint ErrorName(nuint code);
}
