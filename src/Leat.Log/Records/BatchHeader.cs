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

    public const short CompressionMask = 7;
    public const short AppendTimeBit = 0x08;
    public const short TransactionalBit = 0x10;
    public const short ControlBit = 0x20;
    public const short DeleteHorizonBit = 0x40;
    private const int CrcAt = 17;

    public long BaseTimestampMs { get; init; }

    public long MaxTimestampMs { get; init; }

    /// <summary>Who wrote it; -1 = a producer without identity.</summary>
    public long ProducerId { get; init; } = -1;

    public short ProducerEpoch { get; init; } = -1;

    /// <summary>Number of the first record within its producer's records of the partition.</summary>
    public int BaseSequence { get; init; } = -1;

    public int Count { get; init; }

    /// <summary>Bytes of the whole batch.</summary>
    public long TotalBytes => (long)Length + BeforeLength;

    /// <summary>Offset after the last record.</summary>
    public long EndOffsetExcl => BaseOffset + LastOffsetDelta + 1;

    /// <summary>How the records are packed.</summary>
    public Compression Compression => (Compression)(Attributes & CompressionMask);

    /// <summary>Transaction markers, not data.</summary>
    public bool IsControl => (Attributes & ControlBit) != 0;

    public bool IsTransactional => (Attributes & TransactionalBit) != 0;

    /// <summary>Its records carry the time they were appended, <see cref="MaxTimestampMs"/>.</summary>
    public bool HasAppendTime => (Attributes & AppendTimeBit) != 0;

    /// <summary>Compaction has met its tombstones: <see cref="BaseTimestampMs"/> says when they may go.</summary>
    public bool HasDeleteHorizon => (Attributes & DeleteHorizonBit) != 0;

    /// <summary>Number of the last record within its producer's records; sequences go on at 0 after <see cref="int.MaxValue"/>.</summary>
    public int LastSequence => BaseSequence < 0 ? -1 : (int)(((long)BaseSequence + LastOffsetDelta) & int.MaxValue);

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
        ProducerId = BinaryPrimitives.ReadInt64BigEndian(bytes[43..]),
        ProducerEpoch = BinaryPrimitives.ReadInt16BigEndian(bytes[51..]),
        BaseSequence = BinaryPrimitives.ReadInt32BigEndian(bytes[53..]),
        Count = BinaryPrimitives.ReadInt32BigEndian(bytes[57..]),
    };

    /// <summary>Writes the header without checksum.</summary>
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
        BinaryPrimitives.WriteInt64BigEndian(bytes[43..], ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(bytes[51..], ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(bytes[53..], BaseSequence);
        BinaryPrimitives.WriteInt32BigEndian(bytes[57..], Count);
    }

    /// <summary>Sets the checksum of a batch whose bytes are <paramref name="first"/> followed by <paramref name="rest"/>.</summary>
    public static void WriteCrc(Span<byte> first, ReadOnlySpan<byte> rest) =>
        BinaryPrimitives.WriteUInt32BigEndian(first[CrcAt..], Crc32C.Of(first[CrcStart..], rest));

    /// <summary>Moves an encoded batch to its place in the partition; not covered by the checksum.</summary>
    public static void WriteBaseOffset(Span<byte> batch, long baseOffset) => BinaryPrimitives.WriteInt64BigEndian(batch, baseOffset);

    /// <summary>Takes a batch over from a client: this log has one epoch. Not covered by the checksum.</summary>
    public static void WriteLeaderEpoch(Span<byte> batch) => BinaryPrimitives.WriteInt32BigEndian(batch[12..], 0);
}
