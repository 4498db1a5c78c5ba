using System.Buffers.Binary;
using System.Text;

namespace Leat.Log.Tests;

/// <summary>The bytes, assembled by hand from Kafka's description of the format.</summary>
public sealed class RecordBatchFormatTests
{
    private const string FirstRecord =
        "1e" + // length 15
        "00" + // attributes
        "00" + // timestamp delta 0
        "00" + // offset delta 0
        "046b31" + // key "k1"
        "06763131" + // value "v11"
        "02" + // one header
        "0268" + "0278"; // "h" = "x"

    private const string SecondRecord =
        "10" + // length 8
        "00" +
        "d00f" + // timestamp delta 1000
        "02" + // offset delta 1
        "01" + // no key
        "02" + "79" + // value "y"
        "00";

    private const string Tombstone = "10" + "00" + "01" + "04" + "04" + "6b32" + "01" + "00"; // delta -1, offset delta 2, key "k2", value null

    [Fact]
    public void Given_three_records_When_encoded_Then_exactly_the_bytes_of_the_format()
    {
        var expected = Assemble(0, FirstRecord + SecondRecord + Tombstone, 2, 1_000_000, 1_001_000, 3);
        Assert.Equal(Convert.ToHexStringLower(expected), Convert.ToHexStringLower(Encoded(Builder(), null)));
    }

    [Fact]
    public void Given_an_idempotency_key_When_encoded_Then_it_is_the_first_header_of_the_first_record()
    {
        var name = Encoding.UTF8.GetBytes(WellKnownHeaders.IdempotencyKey);
        var header = "28" + Convert.ToHexStringLower(name) + "04" + "6964";
        Assert.Equal(20, name.Length);
        var body = "000000" + "046b31" + "06763131" + "04" + header + "02680278";
        var first = Hex(Zigzag(body.Length / 2)) + body;
        var expected = Assemble(0, first + SecondRecord + Tombstone, 2, 1_000_000, 1_001_000, 3);
        Assert.Equal(Convert.ToHexStringLower(expected), Convert.ToHexStringLower(Encoded(Builder(), "id")));
        Assert.True(BatchKey.TryFind(expected, out var key));
        Assert.Equal(KeyEntry.HashOf("id"), key);
    }

    [Fact]
    public void Given_a_builder_When_cleared_and_used_again_Then_the_same_bytes()
    {
        var builder = Builder();
        var first = Encoded(builder, "k");
        builder.Clear();
        Assert.Equal(0, builder.Count);
        Fill(builder);
        Assert.Equal(first, Encoded(builder, "k"));
    }

    [Fact]
    public void Given_the_header_of_the_log_When_a_caller_adds_it_Then_ArgumentException() =>
        Assert.Throws<ArgumentException>(() => new RecordBatchBuilder().Add(1, [], [], [new(WellKnownHeaders.IdempotencyKey, "x")]));

    [Fact]
    public void Given_an_append_under_way_When_the_builder_is_changed_Then_InvalidOperationException()
    {
        var builder = Builder();
        _ = builder.BeginAppend(null);
        Assert.Throws<InvalidOperationException>(() => builder.Add(1, [], []));
        Assert.Throws<InvalidOperationException>(builder.Clear);
        builder.EndAppend(false);
        builder.Clear();
    }

    private static RecordBatchBuilder Builder()
    {
        var builder = new RecordBatchBuilder();
        Fill(builder);
        return builder;
    }

    private static void Fill(RecordBatchBuilder builder)
    {
        builder.Add(1_000_000, "k1"u8, "v11"u8, [new("h", "x")]);
        builder.Add(1_001_000, [], "y"u8);
        builder.AddTombstone(999_999, "k2"u8, []);
    }

    private static byte[] Encoded(RecordBatchBuilder builder, string? key)
    {
        var batch = builder.BeginAppend(key);
        byte[] bytes = [.. batch.First.Span, .. batch.Rest.Span];
        builder.EndAppend(false);
        return bytes;
    }

    private static byte[] Assemble(long baseOffset, string recordsHex, int lastDelta, long baseTime, long maxTime, int count)
    {
        var records = Convert.FromHexString(recordsHex);
        var bytes = new byte[61 + records.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, baseOffset);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), bytes.Length - 12);
        bytes[16] = 2;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(23), lastDelta);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(27), baseTime);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(35), maxTime);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(43), -1);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(51), -1);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(53), -1);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(57), count);
        records.CopyTo(bytes, 61);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(17), Crc32CTests.Slow(bytes.AsSpan(21)));
        return bytes;
    }

    private static int Zigzag(int value) => value << 1;

    private static string Hex(int value) => value < 0x80 ? $"{value:x2}" : $"{(value & 0x7F) | 0x80:x2}{value >> 7:x2}";
}
