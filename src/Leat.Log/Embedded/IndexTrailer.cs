using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>End of one chunk of an index file; chunks follow each other and are read from the end of the file backwards.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal record struct IndexTrailer
{
    public const uint RightMagic = 0x3158494C;

    public uint Magic;

    /// <summary>Index points in this chunk.</summary>
    public int Entries;

    /// <summary>Keys in this chunk.</summary>
    public int Keys;

    /// <summary>Keys in this and all earlier chunks.</summary>
    public int TotalKeys;

    /// <summary>Bytes of the segment that earlier chunks describe.</summary>
    public long FromBytes;

    /// <summary>Bytes of the segment that this and earlier chunks describe; they were fsynced.</summary>
    public long ToBytes;

    /// <summary>Offset after the last record described.</summary>
    public long EndOffsetExcl;

    /// <summary>Newest record time described; -1 for none.</summary>
    public long MaxTimestampMs;

    /// <summary>CRC-32C of the trailer before this field.</summary>
    public uint Crc;

    /// <summary>CRC-32C of points and keys.</summary>
    public uint BodyCrc;
}
