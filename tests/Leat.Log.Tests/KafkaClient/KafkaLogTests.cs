using System.Diagnostics.Metrics;
using Leat.Conformance;
using Leat.Core;

namespace Leat.Log.Tests;

/// <summary>What the Kafka client promises beyond the suite, looked at from the broker's side: the embedded log behind its Kafka port. Needs librdkafka1 (run-tests installs it).</summary>
public sealed class KafkaLogTests : IAsyncLifetime
{
    private const string SecretName = "LEAT_TEST_KAFKA_PASSWORD";
    private static readonly TopicPartition Target = new("t", 0);
    private PortFixture _port = null!;

    public async Task InitializeAsync()
    {
        _port = PortFixture.Open();
        await _port.Log.CreateTopicAsync("t", new TopicOptions(), default);
    }

    public async Task DisposeAsync() => await _port.DisposeAsync();

    [Fact]
    public async Task Given_racing_appends_of_many_sizes_When_stored_Then_every_one_is_whole_in_one_batch()
    {
        await using var log = Open();
        var sizes = new Random(11);
        var batches = Enumerable.Range(0, 200).Select(i => Numbered(i, sizes.Next(1, 300))).ToList();
        var results = await Task.WhenAll(batches.Select(b => Task.Run(async () => await log.AppendAsync(Target, b, null, default))));
        var starts = new HashSet<long>();
        var ends = new HashSet<long>();
        await foreach (var header in StoredAsync())
        {
            starts.Add(header.BaseOffset);
            ends.Add(header.EndOffsetExcl);
        }
        // No batch begins or ends inside an append.
        foreach (var result in results)
        {
            for (var inside = result.BaseOffset + 1; inside < result.BaseOffset + result.Count; inside++) Assert.False(starts.Contains(inside) || ends.Contains(inside), $"an append was cut at {inside}");
        }
        Assert.True(starts.Count < results.Length, $"{results.Length} appends made {starts.Count} batches: none was shared");
    }

    [Fact]
    public async Task Given_keys_of_an_earlier_process_When_appended_again_Then_the_first_result_is_told()
    {
        await using (var log = Open())
        {
            await log.AppendAsync(Target, Numbered(0, 4), null, default);
            Assert.Equal(new AppendResult(4, 3, false), await log.AppendAsync(Target, Numbered(1, 3), "key-1", default));
        }
        await using var again = Open();
        Assert.Equal(new AppendResult(4, 3, true), await again.AppendAsync(Target, Numbered(1, 3), "key-1", default));
        Assert.Equal(new AppendResult(7, 1, false), await again.AppendAsync(Target, Numbered(2, 1), "key-2", default));
    }

    [Fact]
    public async Task Given_a_window_of_two_records_When_a_key_is_older_Then_it_is_not_known_after_a_start()
    {
        await using (var log = Open()) await log.AppendAsync(Target, Numbered(1, 3), "key-1", default);
        await using var again = Open(new KafkaLogOptions { Bootstrap = _port.Bootstrap, IdempotencyRecords = 2 });
        Assert.False((await again.AppendAsync(Target, Numbered(1, 3), "key-1", default)).Duplicate);
    }

    [Fact]
    public async Task Given_a_port_that_is_closed_and_opened_When_appends_go_on_Then_each_is_stored_once_and_in_order()
    {
        using var folder = new TemporaryFolder();
        var first = PortFixture.Open(folder.Path, new KafkaPortOptions { KafkaPort = 0 });
        await first.Log.CreateTopicAsync("t", new TopicOptions(), default);
        await using var log = Open(new KafkaLogOptions { Bootstrap = first.Bootstrap });
        await log.AppendAsync(Target, Numbered(0, 1), null, default);
        var number = first.Port.EndPoint.Port;
        await first.DisposeAsync();
        var meanwhile = Enumerable.Range(1, 20).Select(i => log.AppendAsync(Target, Numbered(i, 2), null, default).AsTask()).ToList();
        await using var second = PortFixture.Open(folder.Path, new KafkaPortOptions { KafkaPort = number });
        var results = await Task.WhenAll(meanwhile);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => 1L + (2 * i)), results.Select(r => r.BaseOffset));
        var expected = Enumerable.Range(1, 20).SelectMany(i => new[] { $"{i}.0", $"{i}.1" }).Prepend("0.0");
        Assert.Equal(expected, (await LogText.ReadAllAsync(second.Log, Target, 0)).Select(l => l.Split('=')[1]));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-512")]
    public async Task Given_a_login_by_reference_When_it_is_right_Then_the_log_works_and_when_wrong_LEAT2043_or_2044_without_the_password(string mechanism)
    {
        await using var port = PortFixture.Open(users: new SaslUsers(new Dictionary<string, string> { ["ada"] = "right-password" }));
        await port.Log.CreateTopicAsync("t", new TopicOptions(), default);
        var options = new KafkaLogOptions { Bootstrap = port.Bootstrap, RequestTimeout = TimeSpan.FromSeconds(2) };
        (options.Settings["security.protocol"], options.Settings["sasl.mechanism"]) = ("SASL_PLAINTEXT", mechanism);
        (options.Settings["sasl.username"], options.Settings["sasl.password"]) = ("ada", "env:" + SecretName);
        await using (var log = KafkaLog.Open(new KafkaLogParts(options) { Secrets = new OneSecret("right-password") }))
        {
            Assert.Equal(new AppendResult(0, 2, false), await log.AppendAsync(Target, Numbered(0, 2), null, default));
        }
        await using var wrong = KafkaLog.Open(new KafkaLogParts(options) { Secrets = new OneSecret("wrong-password") });
        var error = await Assert.ThrowsAsync<LeatException>(async () => await wrong.ListTopicsAsync(default));
        Assert.Contains(error.Code, (string[])["LEAT2043", "LEAT2044"]);
        Assert.DoesNotContain("wrong-password", error.ToString());
    }

    [Fact]
    public async Task Given_a_statistics_interval_When_records_flow_Then_the_meter_counts_bytes_and_round_trips()
    {
        using var meter = new Meter("test-statistics");
        using var listener = new MeterListener();
        var sent = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter == meter) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "leat.log.kafka.client.bytes" && value > 1000 && tags.ToArray().Contains(new("direction", "out"))) sent.TrySetResult(value);
        });
        listener.Start();
        await using var log = KafkaLog.Open(new KafkaLogParts(new KafkaLogOptions { Bootstrap = _port.Bootstrap, StatisticsInterval = TimeSpan.FromSeconds(1) }) { Metrics = new LogMetrics(meter) });
        await log.AppendAsync(Target, Numbered(0, 300), null, default);
        Assert.InRange(await sent.Task.WaitAsync(TimeSpan.FromSeconds(20)), 1001, 100_000);
    }

    private KafkaLog Open(KafkaLogOptions? options = null) => KafkaLog.Open(new KafkaLogParts(options ?? new KafkaLogOptions { Bootstrap = _port.Bootstrap }));

    private async IAsyncEnumerable<BatchHeader> StoredAsync()
    {
        var (from, end) = (0L, (await _port.Log.DescribeAsync(Target, default)).EndOffsetExcl);
        while (from < end)
        {
            using var fetch = await ((IBatchLog)_port.Log).FetchAsync(Target, from, 1 << 20, committedOnly: true);
            Assert.Equal(KafkaError.None, fetch.Error);
            for (var at = 0; at < fetch.Bytes.Length;)
            {
                var header = BatchHeader.Read(fetch.Bytes.Span[at..]);
                yield return header;
                at += (int)header.TotalBytes;
                from = header.EndOffsetExcl;
            }
        }
    }

    private static RecordBatchBuilder Numbered(int number, int count)
    {
        var batch = new RecordBatchBuilder();
        for (var i = 0; i < count; i++) batch.Add(i + 1, [], System.Text.Encoding.UTF8.GetBytes($"{number}.{i}"));
        return batch;
    }

    private sealed class OneSecret(string value) : ISecrets
    {
        public string Resolve(string reference) => reference == "env:" + SecretName ? value : throw new InvalidOperationException(reference);
    }
}
