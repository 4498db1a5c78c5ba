using System.Buffers;
using System.Text;
using System.Text.Json;
using Leat.Core;
using Leat.Log;
using Leat.Streams.Decoding;
using Leat.Streams.Sinks;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Rows and results written to topics: each once, whenever the job dies.</summary>
public sealed class TopicSinkTests
{
    [Fact]
    public async Task Given_a_job_killed_at_every_step_When_it_goes_on_Then_every_row_and_every_final_result_is_in_its_topic_once()
    {
        StreamStep[] script = [Clicks.At(1, "a", "2"), Clicks.At(2, "b", "3.5"), new StreamStep.Process(), Clicks.At(12, "a"), Clicks.At(31, "b"), Clicks.Watermark(60), Clicks.At(70, "c")];
        await using var whole = new StreamTestBench(() => new ForwardedClicks());
        var expected = await whole.RunAsync(script);
        Assert.Equal(5, expected.Topics["forwarded"].Length);
        Assert.Equal("""{"campaign":"a","at":"2026-01-01T00:00:01Z","cost":2,"user":"u"}""", expected.Topics["forwarded"][0].Value);
        Assert.Equal<string>(
            ["""{"campaign":"a","window_start":"2026-01-01T00:00:00Z","window_end":"2026-01-01T00:00:10Z","clicks":1,"cost":2}""", """{"campaign":"a","window_start":"2026-01-01T00:00:10Z","window_end":"2026-01-01T00:00:20Z","clicks":1,"cost":1}"""],
            [.. expected.Topics["results"].Select(r => r.Value).Order(StringComparer.Ordinal).Take(2)]);
        foreach (var step in Enum.GetValues<CheckpointStep>())
        {
            await using var bench = new StreamTestBench(() => new ForwardedClicks());
            var result = await bench.RunAsync(script.SelectMany(s => (StreamStep[])[s, new StreamStep.KillAt(step)]));
            Assert.Equal(expected.Outputs, result.Outputs);
        }
    }

    [Fact]
    public Task Given_random_events_workers_and_kills_When_run_Then_the_topic_holds_what_came_in_and_keys_keep_their_partition() => Seeds.ForAll(4, 60, async seed =>
    {
        var random = new Random(seed);
        var steps = new List<StreamStep>();
        var sent = new List<string>();
        for (var i = 0; i < 300; i++)
        {
            steps.Add(Clicks.At(i * 0.1, $"campaign {random.Next(9)}", $"{i}", partition: random.Next(4)));
            sent.Add($"{i}");
            if (random.Next(30) == 0) steps.Add(random.Next(3) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(6)) });
        }

        await using var bench = new StreamTestBench(() => new ForwardedClicks(), new StreamTestSettings { Workers = random.Next(1, 5), Partitions = 4 });
        await bench.Log.CreateTopicAsync("forwarded", new TopicOptions { Partitions = 3 }, default);
        var result = await bench.RunAsync(steps);
        var rows = result.Topics["forwarded"].Select(r => JsonDocument.Parse(r.Value).RootElement).ToList();
        Assert.Equal(sent.Order(StringComparer.Ordinal), rows.Select(r => r.GetProperty("cost").GetRawText()).Order(StringComparer.Ordinal));
        for (var partition = 0; partition < 3; partition++)
        {
            await using var reader = bench.Log.OpenReader(new TopicPartition("forwarded", partition), 0);
            while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, default) is { } block)
            {
                using (block) Assert.All(PartitionsOf(block), p => Assert.Equal(partition, p));
            }
        }
    });

    [Fact]
    public void Given_a_row_of_every_type_When_written_and_read_Then_it_is_the_same()
    {
        var row = new WideEvent(Text.Literal("a \"quoted\" é"), null, true, -3, long.MinValue, 0.1, 1.250m, new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), new DateOnly(2026, 2, 28), Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), Colour.DarkBlue) { Extra = ulong.MaxValue };
        Assert.Equal(row, Again(row));
        Assert.Equal(row with { Big = null, Amount = null, Note = "n" }, Again(row with { Big = null, Amount = null, Note = "n" }));
    }

    [Fact]
    public async Task Given_a_job_that_writes_to_its_source_When_started_Then_LEAT2101_says_so()
    {
        await using var bench = new StreamTestBench(() => new ForwardedClicks("clicks"));
        var error = await Assert.ThrowsAsync<LeatException>(() => bench.RunAsync([Clicks.At(1, "a")]));
        Assert.Equal("LEAT2101", error.Code);
        Assert.Contains("'clicks'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_row_that_is_no_JSON_When_written_Then_its_record_is_a_dead_letter()
    {
        await using var bench = new StreamTestBench(() => new Ratios());
        var result = await bench.RunAsync([Clicks.At(1, "a", "4"), Clicks.At(2, "a", "0"), Clicks.At(3, "a", "2")]);
        Assert.Equal<string>(["""{"share":0.25}""", """{"share":0.5}"""], [.. result.Topics["ratios"].Select(r => r.Value)]);
        Assert.StartsWith("to topic ratios: ArgumentException", Assert.Single(result.Topics["clicks.dlq"]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_result_that_JSON_has_no_number_for_When_it_is_final_Then_it_is_null_and_the_job_goes_on()
    {
        await using var bench = new StreamTestBench(() => new Shares());
        var result = await bench.RunAsync([Clicks.At(1, "a", "0"), Clicks.At(2, "b", "4"), Clicks.Watermark(100)]);
        Assert.Equal<string>(["null", "0.25"], [.. result.Topics["shares"].Select(r => JsonDocument.Parse(r.Value).RootElement).OrderBy(r => r.GetProperty("campaign").GetString(), StringComparer.Ordinal).Select(r => r.GetProperty("share").GetRawText())]);
        Assert.Equal("running", result.Status.State);
    }

    private static List<int> PartitionsOf(RecordBlock block)
    {
        var partitions = new List<int>();
        foreach (ref readonly var record in block) partitions.Add(Partitioner.For(record.Key, 3));
        return partitions;
    }

    private static WideEvent Again(WideEvent row)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes)) RowJson<WideEvent>.Create().Write(writer, row);
        using var decoder = RecordDecoders.Create<WideEvent>();
        var (rows, faults) = (new WideEvent[1], new List<DecodeFault>());
        unsafe
        {
            fixed (byte* start = bytes.WrittenSpan) decoder.Decode([new RecordSlice((nint)start, bytes.WrittenCount, 0, 0)], 1, rows, faults);
        }

        Assert.True(faults.Count == 0, Encoding.UTF8.GetString(bytes.WrittenSpan) + faults.FirstOrDefault().Reason);
        return rows[0] with { Name = Text.Literal(rows[0].Name.ToString()) };
    }

    private sealed class ForwardedClicks(string topic = "forwarded") : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .ToTopic(topic, e => e.Campaign.ToString())
            .KeyBy(e => e.Campaign)
            .Tumbling(TimeSpan.FromSeconds(10))
            .Aggregate(a => a.Count("clicks").Sum("cost", e => (long)e.Cost))
            .ToTopic("results");
    }

    private sealed class Ratios : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .Select(e => new Ratio(1 / (double)e.Cost))
            .ToTopic("ratios");
    }

    private sealed class Shares : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Tumbling(TimeSpan.FromSeconds(10))
            .Aggregate(a => a.Sum("share", e => 1 / (double)e.Cost))
            .ToTopic("shares");
    }

    private readonly record struct Ratio(double Share);
}
