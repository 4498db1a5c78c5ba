using System.Runtime.InteropServices;
using Leat.Storage;

namespace Leat.Log;

/// <summary>
/// How far a partition was fsynced, written after each fsync but not itself fsynced. A killed process leaves it exact; after a power cut it
/// may be older, never newer than the truth. It tells damage (before it) from an unfinished write (after it).
/// </summary>
internal sealed class DurableMark : IDisposable
{
    public const string FileName = "durable.mark";
    private const uint Magic = 0x4B52414D;
    private readonly DurableFile _file;
    private readonly byte[] _bytes = new byte[32];

    public DurableMark(DurableFiles files, string folder) => _file = files.OpenOrCreate(Path.Combine(folder, FileName));

    /// <summary>The last mark: segment, its durable bytes, offset after them. All -1 when there is none.</summary>
    public (long SegmentBase, long Bytes, long EndOffsetExcl) Read()
    {
        Span<byte> bytes = stackalloc byte[32];
        if (_file.Read(bytes, 0) != bytes.Length) return (-1, -1, -1);
        var words = MemoryMarshal.Cast<byte, long>(bytes);
        var seal = MemoryMarshal.Cast<byte, uint>(bytes[24..]);
        return seal[0] == Magic && seal[1] == Crc32C.Of(bytes[..28]) ? (words[0], words[1], words[2]) : (-1, -1, -1);
    }

    public void Write(long segmentBase, long durableBytes, long endOffsetExcl)
    {
        var words = MemoryMarshal.Cast<byte, long>(_bytes.AsSpan());
        (words[0], words[1], words[2]) = (segmentBase, durableBytes, endOffsetExcl);
        var seal = MemoryMarshal.Cast<byte, uint>(_bytes.AsSpan(24));
        seal[0] = Magic;
        seal[1] = Crc32C.Of(_bytes.AsSpan(0, 28));
        _file.Write(_bytes, 0);
    }

    public void Dispose() => _file.Dispose();
}
