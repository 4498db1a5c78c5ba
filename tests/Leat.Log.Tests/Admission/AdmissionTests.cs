using System.Text;
using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Batches that others encoded: what is wrong is refused with the code that Kafka clients know, what is stored is what was sent.</summary>
public sealed class AdmissionTests : IDisposable
{
    private static readonly TopicOptions Plain = new();
    private static readonly TopicOptions Compacted = new() { Cleanup = CleanupPolicy.Compact };
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<Compression> AllPackings() => [.. Enum.GetValues<Compression>()];

    /// <summary>Half a gigabyte each: all of them in the full form only.</summary>
    public static TheoryData<Compression> Bombs() => Property.Full ? CodecTests.Packings() : [Compression.Lz4];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Given_a_batch_whose_bytes_are_wrong_When_checked_Then_CorruptMessage()
    {
        var good = ClientBatch.Of("a", "b").Encode();
        Refused(KafkaError.CorruptMessage, good[..60]);
        Refused(KafkaError.CorruptMessage, good[..^1]);
        Refused(KafkaError.CorruptMessage, [.. good, 0]);
        Refused(KafkaError.CorruptMessage, Changed(good, 18, 1));
        Refused(KafkaError.CorruptMessage, Changed(good, good.Length - 1, 1));
        Refused(KafkaError.CorruptMessage, Changed(good, 8, 0x80));
        Refused(KafkaError.UnsupportedForMessageFormat, Changed(good, 16, 3));
        Refused(KafkaError.UnsupportedForMessageFormat, Changed(good, 16, 0x80));
    }

    [Fact]
    public void Given_a_batch_whose_header_claims_what_a_producer_may_not_When_checked_Then_InvalidRecord()
    {
        Refused(KafkaError.InvalidRecord, With(h => h with { Count = 1 }));
        Refused(KafkaError.InvalidRecord, With(h => h with { Count = 3 }));
        Refused(KafkaError.InvalidRecord, With(h => h with { Count = 0, LastOffsetDelta = 0 }));
        Refused(KafkaError.InvalidRecord, With(h => h with { LastOffsetDelta = 2 }));
        Refused(KafkaError.InvalidRecord, With(h => h with { Count = 1, LastOffsetDelta = 0 }));
        Refused(KafkaError.InvalidRecord, With(h => h with { Count = 3, LastOffsetDelta = 2 }));
        Refused(KafkaError.InvalidRecord, With(h => h with { Attributes = BatchHeader.ControlBit }));
        Refused(KafkaError.InvalidRecord, With(h => h with { Attributes = BatchHeader.DeleteHorizonBit }));
        Refused(KafkaError.InvalidRecord, With(h => h with { Attributes = BatchHeader.TransactionalBit }));
        Refused(KafkaError.InvalidRecord, With(h => h with { ProducerId = 1, ProducerEpoch = 0 }));
        Refused(KafkaError.InvalidRecord, With(h => h with { ProducerId = 1, BaseSequence = 0 }));
    }

    [Fact]
    public void Given_records_that_do_not_decode_When_checked_Then_InvalidRecord()
    {
        Refused(KafkaError.InvalidRecord, Records(2, [14, 0, 0, 0, 1, 2, (byte)'a', 0, 14, 0, 0, 0, 1, 2, (byte)'a', 0]));
        Refused(KafkaError.InvalidRecord, Records(1, [14, 0, 0, 0, 1, 2, (byte)'a', 2]));
        Refused(KafkaError.InvalidRecord, Records(1, [14, 0, 0, 0, 1, 2, (byte)'a', 0, 7]));
        Refused(KafkaError.InvalidRecord, Records(1, [18, 0, 0, 0, 1, 2, (byte)'a', 2, 1, 0]));
        Refused(KafkaError.InvalidRecord, Records(1, [18, 0, 0, 0, 1, 2, (byte)'a', 2, 0, 40]));
        Refused(KafkaError.InvalidRecord, Records(1, [14, 0, 0, 0, 3, 2, (byte)'a', 0]));
        Refused(KafkaError.InvalidRecord, Records(1, [14, 0, 0, 0, 1, 2, (byte)'a', 1]));
        Assert.Equal(KafkaError.None, Check(Records(1, [14, 0, 0, 0, 1, 2, (byte)'a', 0]), Plain).Error);
    }

    [Fact]
    public void Given_a_record_whose_numbers_only_fit_when_cut_to_32_bits_When_checked_Then_InvalidRecord()
    {
        byte[] beyond = [0x80, 0x80, 0x80, 0x80, 0x20];
        Refused(KafkaError.InvalidRecord, Records(1, [22, 0, 0, .. beyond, 1, 2, (byte)'a', 0]));
        Refused(KafkaError.InvalidRecord, Records(1, [22, 0, 0, 0, 1, 2, (byte)'a', .. beyond]));
    }

    [Theory]
    [MemberData(nameof(AllPackings))]
    public void Given_a_compacted_topic_When_a_record_has_no_key_Then_InvalidRecord(Compression compression)
    {
        Refused(KafkaError.InvalidRecord, new ClientBatch(("k", "v"), (null, "w")) { Compression = compression }.Encode(), Compacted);
        Assert.Equal(KafkaError.None, Check(new ClientBatch(("k", "v"), ("k", null)) { Compression = compression }.Encode(), Compacted).Error);
    }

    [Fact]
    public void Given_size_codec_or_packed_bytes_that_cannot_be_taken_When_checked_Then_their_codes()
    {
        var big = ClientBatch.Of(new string('x', 5000)).Encode();
        Assert.Equal(KafkaError.MessageTooLarge, BatchAdmission.Check(big, Plain, 4000, 0).Error);
        Refused(KafkaError.UnsupportedCompressionType, With(h => h with { Attributes = 5 }));
        Refused(KafkaError.UnsupportedCompressionType, With(h => h with { Attributes = 7 }));
        foreach (var codec in Enum.GetValues<Compression>().Skip(1)) Refused(KafkaError.CorruptMessage, With(h => h with { Attributes = (short)codec }));
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Given_a_small_batch_that_unpacks_to_gigabytes_When_checked_Then_refused_with_bounded_memory(Compression compression)
    {
        Assert.True(Codecs.TryGet(compression, out var codec));
        var bomb = new byte[BatchPacking.MaxUnpackedBytes + (1 << 20)];
        var packed = codec.Pack(bomb);
        bomb = [];
        var bytes = new byte[BatchHeader.Size + packed.Length];
        packed.CopyTo(bytes, BatchHeader.Size);
        var header = BatchHeader.Read(ClientBatch.Of("a").Encode()) with { Length = bytes.Length - BatchHeader.BeforeLength, Attributes = (short)compression };
        ClientBatch.Rewrite(bytes, header);
        var answer = BatchAdmission.Check(bytes, Plain, int.MaxValue, 0);
        Assert.Equal(KafkaError.CorruptMessage, answer.Error);
        Assert.Contains("unpacks to more than", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllPackings))]
    public async Task Given_valid_batches_with_a_flipped_bit_When_sent_Then_refused_or_stored_as_they_were(Compression compression)
    {
        await using var log = await Batches.Open(_folder.Path, null, new TopicOptions { Durability = Durability.Never });
        var random = new Random((int)compression);
        var stored = 0;
        for (var i = 0; i < 1000; i++)
        {
            var batch = new ClientBatch(("key", new string('v', random.Next(1, 200))), (null, $"w{i}"), ("gone", null)) { Compression = compression, TimeMs = 1_700_000_000_000 + i };
            var bytes = batch.Encode();
            var good = bytes.ToArray();
            var bit = random.Next(i % 2 == 0 ? BatchHeader.Size * 8 : bytes.Length * 8);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var answer = await log.SendBytes(bytes);
            if (bit / 8 is not (< 8 or (>= 12 and < 16)))
            {
                Assert.True(answer.Error != KafkaError.None, $"bit {bit} was not noticed");
                continue;
            }
            Assert.Equal((KafkaError.None, stored * 3L), (answer.Error, answer.BaseOffset));
            stored++;
            using var fetch = await log.Fetch(answer.BaseOffset, 1, committedOnly: false);
            BatchHeader.WriteBaseOffset(good, answer.BaseOffset);
            Assert.Equal(good, fetch.Bytes.ToArray());
        }
        Assert.True(stored > 50, $"only {stored} stored");
        Assert.Equal(stored * 3, (await log.ReadAsClient(committedOnly: false)).Count);
    }

    [Theory]
    [InlineData(Compression.None, Compression.Zstd)]
    [InlineData(Compression.Gzip, Compression.None)]
    [InlineData(Compression.Lz4, Compression.Snappy)]
    [InlineData(Compression.Snappy, Compression.Gzip)]
    public async Task Given_a_topic_with_its_own_packing_and_times_When_a_client_packs_otherwise_Then_packed_and_stamped_as_the_topic_wants(Compression sent, Compression wanted)
    {
        var time = new ManualTimeProvider();
        await using var log = await Batches.Open(_folder.Path, new EmbeddedLogParts { Time = time }, new TopicOptions { Compression = wanted, RecordTime = RecordTime.Appended });
        var answer = await log.Send(new ClientBatch(("k", "v"), (null, "w")) { Compression = sent, ProducerId = 4, Epoch = 1, Sequence = 0 });
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal((KafkaError.None, 0, now), (answer.Error, answer.BaseOffset, answer.AppendTimeMs));
        using var fetch = await log.Fetch(0, 1, committedOnly: false);
        Assert.Equal(wanted, BatchHeader.Read(fetch.Bytes.Span).Compression);
        Assert.Equal(4, BatchHeader.Read(fetch.Bytes.Span).ProducerId);
        Assert.Equal([new WireRecord(0, now, "k", "v"), new WireRecord(1, now, null, "w")], await log.ReadAsClient(committedOnly: false));
    }

    [Fact]
    public async Task Given_a_wrong_newest_time_or_an_append_time_of_the_client_When_sent_Then_the_times_of_the_records_count()
    {
        await using var log = await Batches.Open(_folder.Path);
        var bytes = new ClientBatch(("k", "v")) { TimeMs = 500 }.Encode();
        var answer = await log.SendBytes(ClientBatch.Rewrite(bytes, BatchHeader.Read(bytes) with { MaxTimestampMs = 99_999, Attributes = BatchHeader.AppendTimeBit }));
        Assert.Equal((KafkaError.None, -1), (answer.Error, answer.AppendTimeMs));
        Assert.Equal(500, (await log.DescribeAsync(Batches.First, default)).MaxTimestampMs);
        Assert.Equal([new WireRecord(0, 500, "k", "v")], await log.ReadAsClient(committedOnly: false));
    }

    [Fact]
    public async Task Given_an_unknown_place_or_a_refusal_by_the_caller_When_sent_Then_their_codes_and_nothing_stored()
    {
        await using var log = await Batches.Open(_folder.Path);
        Assert.Equal(KafkaError.UnknownTopicOrPartition, (await log.Send(ClientBatch.Of("a"), null, new TopicPartition("t", 1))).Error);
        Assert.Equal(KafkaError.UnknownTopicOrPartition, (await log.Send(ClientBatch.Of("a"), null, new TopicPartition("u", 0))).Error);
        Assert.Equal(KafkaError.InvalidTxnState, (await log.Send(ClientBatch.Of("a"), () => false)).Error);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await log.Send(ClientBatch.Of("a"), () => throw new InvalidTimeZoneException("the caller is broken")));
        Assert.Equal(0, (await log.Send(ClientBatch.Of("a"), () => true)).BaseOffset);
    }

    private static AdmittedBatch Check(byte[] bytes, TopicOptions topic) => BatchAdmission.Check(bytes, topic, 1 << 20, 0);

    private static void Refused(KafkaError error, byte[] bytes, TopicOptions? topic = null)
    {
        var answer = Check([.. bytes], topic ?? Plain);
        Assert.Equal(error, answer.Error);
        Assert.False(string.IsNullOrEmpty(answer.Message));
    }

    private static byte[] Changed(byte[] good, int at, byte bits)
    {
        var bytes = good.ToArray();
        bytes[at] ^= bits;
        return bytes;
    }

    private static byte[] With(Func<BatchHeader, BatchHeader> change)
    {
        var bytes = ClientBatch.Of("a", "b").Encode();
        return ClientBatch.Rewrite(bytes, change(BatchHeader.Read(bytes)));
    }

    /// <summary>A batch with these bytes as its records, the checksum right.</summary>
    private static byte[] Records(int count, byte[] records)
    {
        byte[] bytes = [.. new byte[BatchHeader.Size], .. records];
        var header = BatchHeader.Read(ClientBatch.Of("a").Encode()) with { Length = bytes.Length - BatchHeader.BeforeLength, Count = count, LastOffsetDelta = count - 1 };
        return ClientBatch.Rewrite(bytes, header);
    }
}
