using System.Buffers.Binary;

namespace Leat.Log;

/// <summary>The 61 bytes before the records of a Kafka record batch v2, big-endian.</summary>
/// <remarks>Source: Apache Kafka documentation, "Record Batch". The checksum covers everything from the attributes on.</remarks>
internal readonly record struct BatchHeader(long BaseOffset, int Length, int LeaderEpoch, byte Magic, uint Crc, short Attributes, int LastOffsetDelta)
{
    /// <summary>Bytes before the first record.</summary>
    public const int Size = 61;

    /// <summary>Bytes that the length field does not count.</summary>
    public const int BeforeLength = 12;

    /// <summary>Where the checksummed bytes begin.</summary>
    public const int CrcStart = 21;

    private const int CrcAt = 17;
    private const int CompressionMask = 7;
    private const int ControlBit = 0x20;

    public long BaseTimestampMs { get; init; }

    public long MaxTimestampMs { get; init; }

    public int Count { get; init; }

    /// <summary>Bytes of the whole batch.</summary>
    public long TotalBytes => (long)Length + BeforeLength;

    /// <summary>Offset after the last record.</summary>
    public long EndOffsetExcl => BaseOffset + LastOffsetDelta + 1;

    /// <summary>0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.</summary>
    public int Compression => Attributes & CompressionMask;

    /// <summary>Transaction markers, not data.</summary>
    public bool IsControl => (Attributes & ControlBit) != 0;

    /// <summary>What the format fixes holds; says nothing about the checksum.</summary>
    public bool IsPlausible => Magic == 2 && LeaderEpoch == 0 && Length >= Size - BeforeLength && Count >= 0 && LastOffsetDelta >= 0 && BaseOffset >= 0;

    /// <summary>Reads the header at the start of <paramref name="bytes"/>, at least <see cref="Size"/> of them.</summary>
    public static BatchHeader Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt64BigEndian(bytes),
        BinaryPrimitives.ReadInt32BigEndian(bytes[8..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[12..]),
        bytes[16],
        BinaryPrimitives.ReadUInt32BigEndian(bytes[CrcAt..]),
        BinaryPrimitives.ReadInt16BigEndian(bytes[CrcStart..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[23..]))
    {
        BaseTimestampMs = BinaryPrimitives.ReadInt64BigEndian(bytes[27..]),
        MaxTimestampMs = BinaryPrimitives.ReadInt64BigEndian(bytes[35..]),
        Count = BinaryPrimitives.ReadInt32BigEndian(bytes[57..]),
    };

    /// <summary>Writes the header without checksum; producer id, epoch and sequence are "none".</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes, BaseOffset);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], LeaderEpoch);
        bytes[16] = 2;
        BinaryPrimitives.WriteInt16BigEndian(bytes[CrcStart..], Attributes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[23..], LastOffsetDelta);
        BinaryPrimitives.WriteInt64BigEndian(bytes[27..], BaseTimestampMs);
        BinaryPrimitives.WriteInt64BigEndian(bytes[35..], MaxTimestampMs);
        bytes[43..57].Fill(0xFF);
        BinaryPrimitives.WriteInt32BigEndian(bytes[57..], Count);
    }

    /// <summary>Sets the checksum of a batch whose bytes are <paramref name="first"/> followed by <paramref name="rest"/>.</summary>
    public static void WriteCrc(Span<byte> first, ReadOnlySpan<byte> rest) =>
        BinaryPrimitives.WriteUInt32BigEndian(first[CrcAt..], Crc32C.Of(first[CrcStart..], rest));

    /// <summary>Moves an encoded batch to its place in the partition; not covered by the checksum.</summary>
    public static void WriteBaseOffset(Span<byte> batch, long baseOffset) => BinaryPrimitives.WriteInt64BigEndian(batch, baseOffset);
}
