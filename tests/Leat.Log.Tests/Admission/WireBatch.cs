using System.Buffers.Binary;
using System.Text;

namespace Leat.Log.Tests;

/// <summary>A second, slow decoder of record batches v2, written from the format description.</summary>
internal sealed record WireBatch(long BaseOffset, long EndOffsetExcl, long ProducerId, bool IsControl, bool IsTransactional, bool Commits)
{
    public List<WireRecord> Records { get; } = [];

    /// <summary>Whole batches without gaps in their offsets; anything else fails the test.</summary>
    public static List<WireBatch> Parse(ReadOnlySpan<byte> bytes)
    {
        var batches = new List<WireBatch>();
        while (!bytes.IsEmpty)
        {
            var total = BinaryPrimitives.ReadInt32BigEndian(bytes[8..]) + 12;
            batches.Add(One(bytes[..total]));
            if (batches.Count > 1) Assert.Equal(batches[^2].EndOffsetExcl, batches[^1].BaseOffset);
            bytes = bytes[total..];
        }
        return batches;
    }

    private static WireBatch One(ReadOnlySpan<byte> bytes)
    {
        Assert.Equal(2, bytes[16]);
        Assert.Equal(SlowCrc(bytes[21..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[17..]));
        var (baseOffset, attributes) = (BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt16BigEndian(bytes[21..]));
        var (baseTime, maxTime) = (BinaryPrimitives.ReadInt64BigEndian(bytes[27..]), BinaryPrimitives.ReadInt64BigEndian(bytes[35..]));
        var records = bytes[61..].ToArray();
        if ((attributes & 7) != 0)
        {
            Assert.True(Codecs.TryGet((Compression)(attributes & 7), out var codec));
            using var plain = new UnpackedBuffer(1000, 64 << 20);
            codec.Unpack(records, plain);
            records = plain.Filled.ToArray();
        }
        var isControl = (attributes & 0x20) != 0;
        var lastOffset = baseOffset + BinaryPrimitives.ReadInt32BigEndian(bytes[23..]);
        var batch = new WireBatch(baseOffset, lastOffset + 1, BinaryPrimitives.ReadInt64BigEndian(bytes[43..]), isControl, (attributes & 0x10) != 0, isControl && records[^11] == 1);
        var at = 0;
        for (var i = BinaryPrimitives.ReadInt32BigEndian(bytes[57..]); i > 0; i--)
        {
            var end = (int)Varint(records, ref at) + at;
            at++;
            var time = Varint(records, ref at) + baseTime;
            var offset = Varint(records, ref at) + baseOffset;
            batch.Records.Add(new WireRecord(offset, (attributes & 8) != 0 ? maxTime : time, Text(records, ref at), Text(records, ref at)));
            at = end;
        }
        Assert.Equal(records.Length, at);
        return batch;
    }

    private static string? Text(byte[] bytes, ref int at)
    {
        var length = (int)Varint(bytes, ref at);
        if (length < 0) return null;
        at += length;
        return Encoding.UTF8.GetString(bytes, at - length, length);
    }

    private static long Varint(byte[] bytes, ref int at)
    {
        ulong rest = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            rest |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)(rest >> 1) ^ -(long)(rest & 1);
        }
    }

    private static uint SlowCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = ~0u;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        return ~crc;
    }
}
