using System.Diagnostics;
using Leat.Core;

namespace Leat.Log.Tests;

/// <summary>The port byte for byte: what no well-behaved client does, and what clients cannot show.</summary>
public sealed class PortWireTests
{
    private static byte[] Batch(params string[] values) => new ClientBatch([.. values.Select(v => ((string?)"k", (string?)v))]).Encode();

    [Fact]
    public async Task Given_a_version_of_ApiVersions_from_the_future_When_asked_Then_version_0_with_error_35_and_the_connection_goes_on()
    {
        await using var fixture = PortFixture.Open();
        using var client = WireClient.To(fixture);
        await client.SendAsync(Convert.FromHexString("0000000E" + "0012" + "0009" + "00000063" + "0004" + "74657374"));
        var answer = WireSchemas.Response(ApiKey.ApiVersions).Read(0, false, (await client.ReadFrameAsync())!.AsSpan(4), out var left);
        Assert.Equal((0, (short)35), (left, answer["error"]));
        Assert.Equal(ApiTable.All.Length, ((List<object?>)answer["apis"]!).Count);
        Assert.Equal((short)0, (await client.AskAsync(ApiKey.ApiVersions, 3, new() { ["software"] = "x", ["software_version"] = "1" }))["error"]);
    }

    [Theory]
    [InlineData("7FFFFFFF0003000000000001FFFF")]
    [InlineData("00000004000300")]
    [InlineData("FFFFFFFF0003")]
    [InlineData("474554202F20485454502F312E310D0A0D0A")]
    [InlineData("0000000A" + "0044" + "0000" + "00000001" + "FFFF")]
    [InlineData("0000000A" + "0000" + "0063" + "00000001" + "FFFF")]
    [InlineData("0000000E" + "0003" + "0001" + "00000001" + "FFFF" + "7FFFFFFF")]
    public async Task Given_bytes_that_are_no_request_When_sent_Then_that_connection_is_closed_and_others_go_on(string hex)
    {
        await using var fixture = PortFixture.Open();
        using var other = WireClient.To(fixture);
        using var client = WireClient.To(fixture);
        await client.SendAsync(Convert.FromHexString(hex));
        Assert.Null(await client.ReadFrameAsync());
        Assert.NotEmpty(await other.AskAsync(ApiKey.Metadata, 1, Bodies.Metadata()));
    }

    [Fact]
    public async Task Given_many_produce_requests_in_one_write_When_answered_Then_in_order_at_rising_offsets_and_other_requests_wait_for_them()
    {
        await using var fixture = PortFixture.Open();
        await fixture.Log.CreateTopicAsync("t", new TopicOptions(), default);
        using var client = WireClient.To(fixture);
        var requests = Enumerable.Range(0, 100).SelectMany(i => client.Encode(ApiKey.Produce, 7, Bodies.Produce(Batch($"{i}")))).ToList();
        requests.AddRange(client.Encode(ApiKey.Fetch, 11, Bodies.Fetch((0, 99))));
        requests.AddRange(client.Encode(ApiKey.Produce, 7, Bodies.Produce(Batch("last"))));
        await client.SendAsync([.. requests]);
        for (var i = 0; i < 100; i++)
        {
            var result = Assert.Single(Bodies.Partitions(await client.AnswerAsync(ApiKey.Produce, 7, i + 1)));
            Assert.Equal(((short)0, (long)i), (result["error"], result["base_offset"]));
        }
        var fetched = Assert.Single(Bodies.Partitions(await client.AnswerAsync(ApiKey.Fetch, 11, 101)));
        Assert.Equal("99", Assert.Single(Assert.Single(WireBatch.Parse((byte[])fetched["records"]!)).Records).Value);
        Assert.Equal(100L, Assert.Single(Bodies.Partitions(await client.AnswerAsync(ApiKey.Produce, 7, 102)))["base_offset"]);
    }

    [Fact]
    public async Task Given_acks_0_When_produced_Then_no_answer_and_when_refused_the_connection_is_closed()
    {
        await using var fixture = PortFixture.Open();
        await fixture.Log.CreateTopicAsync("t", new TopicOptions(), default);
        using var client = WireClient.To(fixture);
        await client.SendAsync(client.Encode(ApiKey.Produce, 9, Bodies.Produce(Batch("quiet"), acks: 0)));
        var fetched = Assert.Single(Bodies.Partitions(await client.AskAsync(ApiKey.Fetch, 12, Bodies.Fetch((0, 0)))));
        Assert.Equal(1L, fetched["high_watermark"]);
        await client.SendAsync(client.Encode(ApiKey.Produce, 9, Bodies.Produce(Batch("nowhere"), partition: 7, acks: 0)));
        Assert.Null(await client.ReadFrameAsync());
    }

    [Fact]
    public async Task Given_damaged_and_misplaced_batches_When_produced_Then_each_is_refused_with_its_error_and_nothing_is_stored()
    {
        await using var fixture = PortFixture.Open();
        await fixture.Log.CreateTopicAsync("t", new TopicOptions { MaxBatchBytes = 1024 }, default);
        using var client = WireClient.To(fixture);
        var damaged = Batch("value");
        damaged[^1] ^= 1;
        var open = (new ClientBatch(("k", "v")) { ProducerId = 9, Epoch = 0, Sequence = 0, Transactional = true }).Encode();
        (byte[] Bytes, int Partition, int Acks, KafkaError Error)[] cases =
        [
            (damaged, 0, -1, KafkaError.CorruptMessage),
            ([], 0, -1, KafkaError.CorruptMessage),
            ([.. Batch("a"), .. Batch("b")], 0, -1, KafkaError.CorruptMessage),
            (Batch(new string('x', 2000)), 0, -1, KafkaError.MessageTooLarge),
            (Batch("x"), 5, -1, KafkaError.UnknownTopicOrPartition),
            (Batch("x"), 0, 2, KafkaError.InvalidRequiredAcks),
            (open, 0, -1, KafkaError.InvalidProducerIdMapping),
        ];
        foreach (var (bytes, partition, acks, error) in cases)
        {
            var result = Assert.Single(Bodies.Partitions(await client.AskAsync(ApiKey.Produce, 8, Bodies.Produce(bytes, partition, acks))));
            Assert.Equal((error, -1L), ((KafkaError)(short)result["error"]!, result["base_offset"]));
        }
        Assert.Equal(0, (await fixture.Log.DescribeAsync(new TopicPartition("t", 0), default)).EndOffsetExcl);
    }

    [Fact]
    public async Task Given_a_batch_sent_twice_by_an_idempotent_producer_When_answered_Then_both_times_with_the_first_offset()
    {
        await using var fixture = PortFixture.Open();
        await fixture.Log.CreateTopicAsync("t", new TopicOptions(), default);
        using var client = WireClient.To(fixture);
        var id = (long)(await client.AskAsync(ApiKey.InitProducerId, 4, Bodies.Init()))["producer"]!;
        foreach (var (sequence, error, offset) in ((int, KafkaError, long)[])[(0, KafkaError.None, 0), (0, KafkaError.None, 0), (1, KafkaError.None, 1), (3, KafkaError.OutOfOrderSequenceNumber, -1)])
        {
            var batch = (new ClientBatch(("k", $"{sequence}")) { ProducerId = id, Epoch = 0, Sequence = sequence }).Encode();
            var result = Assert.Single(Bodies.Partitions(await client.AskAsync(ApiKey.Produce, 9, Bodies.Produce(batch))));
            Assert.Equal((error, offset), ((KafkaError)(short)result["error"]!, result["base_offset"]));
        }
    }

    [Fact]
    public async Task Given_a_fetch_that_waits_When_records_come_Then_it_answers_at_once_and_without_them_when_its_time_is_over()
    {
        await using var fixture = PortFixture.Open();
        await fixture.Log.CreateTopicAsync("t", new TopicOptions { Partitions = 2 }, default);
        using var client = WireClient.To(fixture);
        var wait = Bodies.Fetch((0, 0), (1, 0));
        wait["max_wait"] = 150;
        var watch = Stopwatch.StartNew();
        Assert.All(Bodies.Partitions(await client.AskAsync(ApiKey.Fetch, 12, wait)), p => Assert.Empty((byte[])p["records"]!));
        Assert.InRange(watch.ElapsedMilliseconds, 140, 15_000);
        wait["max_wait"] = 15_000;
        watch.Restart();
        var waiting = client.AskAsync(ApiKey.Fetch, 12, wait);
        using (var producer = WireClient.To(fixture)) await producer.AskAsync(ApiKey.Produce, 9, Bodies.Produce(Batch("now"), partition: 1));
        var found = Bodies.Partitions(await waiting);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 10_000);
        Assert.Empty((byte[])found[0]["records"]!);
        Assert.Equal("now", Assert.Single(Assert.Single(WireBatch.Parse((byte[])found[1]["records"]!)).Records).Value);
    }

    [Fact]
    public async Task Given_limits_When_fetched_Then_one_batch_comes_whole_and_the_other_partitions_tell_their_ends()
    {
        await using var fixture = PortFixture.Open();
        await fixture.Log.CreateTopicAsync("t", new TopicOptions { Partitions = 2 }, default);
        using var client = WireClient.To(fixture);
        for (var p = 0; p < 2; p++)
        {
            for (var i = 0; i < 3; i++) await client.AskAsync(ApiKey.Produce, 9, Bodies.Produce(Batch($"{p}.{i}", new string('x', 5000)), p));
        }
        var small = Bodies.Fetch((0, 3), (1, 0));
        small["max_bytes"] = 100;
        var found = Bodies.Partitions(await client.AskAsync(ApiKey.Fetch, 12, small));
        Assert.Equal(2L, Assert.Single(WireBatch.Parse((byte[])found[0]["records"]!)).BaseOffset);
        Assert.Empty((byte[])found[1]["records"]!);
        Assert.Equal(((short)0, 6L, 0L), (found[1]["error"], found[1]["high_watermark"], found[1]["start_offset"]));
        var outside = Assert.Single(Bodies.Partitions(await client.AskAsync(ApiKey.Fetch, 12, Bodies.Fetch((0, 99)))));
        Assert.Equal(KafkaError.OffsetOutOfRange, (KafkaError)(short)outside["error"]!);
        var session = Bodies.Fetch((0, 0));
        session["session"] = 5;
        Assert.Equal((short)KafkaError.FetchSessionIdNotFound, (await client.AskAsync(ApiKey.Fetch, 12, session))["error"]);
    }

    [Fact]
    public async Task Given_a_waiting_fetch_When_the_port_closes_Then_it_is_answered_and_the_end_does_not_take_its_time()
    {
        var fixture = PortFixture.Open();
        await fixture.Log.CreateTopicAsync("t", new TopicOptions(), default);
        using var client = WireClient.To(fixture);
        var wait = Bodies.Fetch((0, 0));
        wait["max_wait"] = 60_000;
        await client.AskAsync(ApiKey.Metadata, 4, Bodies.Metadata("t"));
        var waiting = client.AskAsync(ApiKey.Fetch, 12, wait);
        await Task.Delay(100);
        var watch = Stopwatch.StartNew();
        await fixture.DisposeAsync();
        Assert.Empty((byte[])Assert.Single(Bodies.Partitions(await waiting))["records"]!);
        Assert.Null(await client.ReadFrameAsync());
        Assert.InRange(watch.ElapsedMilliseconds, 0, 10_000);
    }

    [Fact]
    public async Task Given_more_connections_than_allowed_When_one_more_comes_Then_it_is_closed_and_the_first_go_on()
    {
        await using var fixture = PortFixture.Open(options: new KafkaPortOptions { KafkaPort = 0, KafkaMaxConnections = 2 });
        using var first = WireClient.To(fixture);
        using var second = WireClient.To(fixture);
        await first.AskAsync(ApiKey.Metadata, 1, Bodies.Metadata());
        await second.AskAsync(ApiKey.Metadata, 1, Bodies.Metadata());
        using var third = WireClient.To(fixture);
        Assert.Null(await third.ReadFrameAsync());
        await first.AskAsync(ApiKey.Metadata, 1, Bodies.Metadata());
    }

    [Fact]
    public async Task Given_a_client_that_sends_nothing_When_its_time_is_over_Then_its_connection_is_closed()
    {
        await using var fixture = PortFixture.Open(options: new KafkaPortOptions { KafkaPort = 0, KafkaIdleTimeout = TimeSpan.FromSeconds(1) });
        using var client = WireClient.To(fixture);
        await client.AskAsync(ApiKey.Metadata, 1, Bodies.Metadata());
        Assert.Null(await client.ReadFrameAsync());
    }

    [Fact]
    public async Task Given_no_users_When_the_port_is_to_open_beyond_this_machine_Then_LEAT2040_and_a_port_in_use_is_LEAT2042()
    {
        Assert.Equal("LEAT2040", Assert.Throws<LeatException>(() => PortFixture.Open(options: new KafkaPortOptions { KafkaPort = 0, KafkaAddress = "0.0.0.0" })).Code);
        await using var fixture = PortFixture.Open();
        Assert.Equal("LEAT2042", Assert.Throws<LeatException>(() => PortFixture.Open(options: new KafkaPortOptions { KafkaPort = fixture.Port.EndPoint.Port })).Code);
    }
}
