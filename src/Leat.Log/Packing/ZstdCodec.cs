using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>zstd by the system's libzstd.</summary>
internal sealed unsafe partial class ZstdCodec : ICodec
{
    public const string Library = "libzstd.so.1";
    private const int Level = 3;
    private const int Step = 128 << 10;

    public byte[] Pack(ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[(int)Bound((nuint)plain.Length)];
        fixed (byte* from = plain)
        fixed (byte* to = bytes)
        {
            return bytes[..(int)Check(PackCall(to, (nuint)bytes.Length, from, (nuint)plain.Length, Level))];
        }
    }

    public void Unpack(ReadOnlySpan<byte> packed, UnpackedBuffer into)
    {
        var stream = Create();
        if (stream == 0) throw new InvalidDataException("zstd: no memory");
        try
        {
            fixed (byte* start = packed)
            {
                var input = new Window { Start = start, Size = (nuint)packed.Length };
                for (nuint hint = 1; hint != 0 || input.Position < input.Size;)
                {
                    var room = into.Reserve(1);
                    var before = input.Position;
                    fixed (byte* to = room)
                    {
                        var output = new Window { Start = to, Size = (nuint)Math.Min(room.Length, Step) };
                        hint = Check(UnpackCall(stream, ref output, ref input));
                        if (hint != 0 && output.Position == 0 && input.Position == before) throw new InvalidDataException("a zstd frame is cut short");
                        into.Advance((int)output.Position);
                    }
                }
            }
        }
        finally
        {
            _ = Free(stream);
        }
    }

    private static nuint Check(nuint code) =>
        IsError(code) == 0 ? code : throw new InvalidDataException($"zstd: {Marshal.PtrToStringUTF8(ErrorName(code))}");

    [LibraryImport(Library, EntryPoint = "ZSTD_compressBound")]
    private static partial nuint Bound(nuint bytes);

    [LibraryImport(Library, EntryPoint = "ZSTD_compress")]
    private static partial nuint PackCall(byte* to, nuint capacity, byte* from, nuint bytes, int level);

    [LibraryImport(Library, EntryPoint = "ZSTD_createDStream")]
    private static partial nint Create();

    [LibraryImport(Library, EntryPoint = "ZSTD_decompressStream")]
    private static partial nuint UnpackCall(nint stream, ref Window output, ref Window input);

    [LibraryImport(Library, EntryPoint = "ZSTD_freeDStream")]
    private static partial nuint Free(nint stream);

    [LibraryImport(Library, EntryPoint = "ZSTD_isError")]
    private static partial uint IsError(nuint code);

    [LibraryImport(Library, EntryPoint = "ZSTD_getErrorName")]
    private static partial nint ErrorName(nuint code);

    /// <summary>zstd's in and out buffer.</summary>
    private struct Window
    {
        public byte* Start;
        public nuint Size;
        public nuint Position;
    }
}
