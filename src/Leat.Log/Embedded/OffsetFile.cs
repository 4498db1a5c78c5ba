using System.Buffers.Binary;
using Leat.Storage;

namespace Leat.Log;

/// <summary>A file that holds one offset or time, replaced durably.</summary>
/// <remarks>12 bytes: the number (little-endian), CRC-32C of it.</remarks>
internal static class OffsetFile
{
    /// <summary>Where the records of a partition begin, once some were removed; durable before anything is removed.</summary>
    public const string Start = "start.offset";

    /// <summary>How far a partition is compacted.</summary>
    public const string Compacted = "compacted.offset";

    /// <summary>When the next tombstone of the compacted part may go, epoch milliseconds.</summary>
    public const string Horizon = "tombstones.time";

    public static void Write(DurableFiles files, string folder, string name, long offset)
    {
        var bytes = new byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, offset);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Crc32C.Of(bytes.AsSpan(0, 8)));
        files.Replace(Path.Combine(folder, name), bytes);
    }

    /// <summary>The offset; 0 when there is none yet or the file is damaged: then nothing counts as removed or compacted.</summary>
    public static long Read(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path)) return 0;
        var bytes = File.ReadAllBytes(path);
        return bytes.Length == 12 && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)) == Crc32C.Of(bytes.AsSpan(0, 8)) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;
    }
}
