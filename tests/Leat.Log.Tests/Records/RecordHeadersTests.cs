namespace Leat.Log.Tests;

public sealed class RecordHeadersTests
{
    [Fact]
    public void Given_headers_When_encoded_and_decoded_Then_they_are_equal_also_empty_and_binary_ones()
    {
        var headers = new RecordHeaders().Add("a", "1").Add("b"u8, [0, 0xFF]).Add("", "").Add("a", "ü");
        var again = RecordHeaders.Decode(headers.Encoded);
        Assert.Equal(4, again.Count);
        Assert.Equal(headers.Encoded.ToArray(), again.Encoded.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 4, 97 })]
    [InlineData(new byte[] { 2, 97 })]
    [InlineData(new byte[] { 0x80 })]
    public void Given_bytes_that_are_not_whole_headers_When_decoded_Then_refused(byte[] bytes) => Assert.Throws<FormatException>(() => RecordHeaders.Decode(bytes));

    [Fact]
    public void Given_the_name_of_the_idempotency_key_When_added_Then_refused() =>
        Assert.Throws<ArgumentException>(() => new RecordHeaders().Add(WellKnownHeaders.IdempotencyKey, "x"));

    [Fact]
    public async Task Given_a_stored_record_When_its_own_headers_are_taken_Then_the_keys_and_reasons_of_Leat_are_left_out()
    {
        using var folder = new Leat.Conformance.TemporaryFolder();
        await using var log = EmbeddedLog.Open(folder.Path);
        await log.CreateTopicAsync("t", new TopicOptions(), default);
        var batch = new RecordBatchBuilder();
        batch.Add(1, "k"u8, "v"u8, new DeadLetterReason("LEAT1", "why", "t[0]@1").AddTo(new RecordHeaders().Add("own"u8, [1, 0xFE])));
        batch.AddTombstone(2, "k"u8, new RecordHeaders());
        await log.AppendAsync(new TopicPartition("t", 0), batch, "key", default);
        await using var reader = log.OpenReader(new TopicPartition("t", 0), 0);
        using var block = await reader.ReadAsync(1 << 20, TimeSpan.Zero, default);
        var seen = new List<string>();
        foreach (ref readonly var record in block!) seen.Add($"{record.HeaderCount} {Convert.ToHexString(new RecordHeaders().AddOwn(record.EncodedHeaders).Encoded)} {record.IsTombstone}");
        Assert.Equal([$"5 {Convert.ToHexString(new RecordHeaders().Add("own"u8, [1, 0xFE]).Encoded)} False", "0  True"], seen);
    }

    [Theory]
    [InlineData("orders[2]@17", "orders", 2, 17)]
    [InlineData("a[b]@c[0]@9", "a[b]@c", 0, 9)]
    public void Given_the_source_of_a_dead_letter_When_parsed_Then_topic_partition_and_offset(string source, string topic, int partition, long offset)
    {
        Assert.True(DeadLetterTopics.TryParseSource(source, out var place, out var at));
        Assert.Equal((new TopicPartition(topic, partition), offset), (place, at));
        Assert.Equal(source, DeadLetterTopics.Source(place, at));
    }

    [Theory]
    [InlineData("client:7")]
    [InlineData("")]
    [InlineData("[0]@1")]
    [InlineData("orders[0]@")]
    [InlineData("orders[-1]@3")]
    public void Given_another_source_When_parsed_Then_no(string source) => Assert.False(DeadLetterTopics.TryParseSource(source, out _, out _));
}
