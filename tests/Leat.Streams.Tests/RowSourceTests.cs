using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Sources of rows inside the process.</summary>
public sealed class RowSourceTests
{
    [Fact]
    public Task Given_rows_in_partitions_and_kills_When_the_source_ends_Then_all_windows_close_and_each_row_counts_once() => Seeds.ForAll(6, 100, async seed =>
    {
        var random = new Random(seed);
        var model = new HoppingModel(10, 10, 0);
        var partitions = Enumerable.Range(0, 3).Select(_ => new List<ClickEvent>()).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var (second, campaign) = (Math.Round((i * 0.01) + (random.NextDouble() * 4.9), 3), random.Next(5));
            partitions[random.Next(3)].Add(new ClickEvent(Text.Literal($"campaign with a long name {campaign}"), Clicks.Zero.AddMilliseconds(Math.Round(second * 1000)), 1, Text.Literal("u")));
            model.Add(second, $"campaign with a long name {campaign}", 1, "u");
        }

        model.Promise(1e6);
        foreach (var workers in new[] { 1, 2 })
        {
            var source = new MemorySource<ClickEvent>("memory", partitions);
            await using var bench = new StreamTestBench(() => new FromMemory(source), new StreamTestSettings { Workers = workers, Partitions = 3 });
            var result = await bench.RunAsync([new StreamStep.Checkpoint(), new StreamStep.KillAt((CheckpointStep)(seed % 5)), new StreamStep.Kill()]);
            Assert.Equal<string>([.. model.Rows(onlyFinal: true).Select(r => string.Join('|', r.Split('|')[..4]))], [.. result.Tables["counts"]]);
            Assert.Equal(0, result.Status.LateEvents);
        }
    });

    [Fact]
    public async Task Given_a_row_whose_event_time_throws_When_read_Then_the_row_itself_is_the_dead_letter()
    {
        var source = new MemorySource<ClickEvent>("memory", [new ClickEvent(Text.Literal("a"), Clicks.Zero, 1, Text.Literal("u")), new ClickEvent(Text.Literal("bad"), Clicks.Zero, 2, Text.Literal("v"))]);
        await using var bench = new StreamTestBench(() => new FromMemory(source));
        var result = await bench.RunAsync([]);
        var dead = Assert.Single(result.Topics["from_memory.dlq"]);
        Assert.Contains("event time: InvalidOperationException", dead.Reason, StringComparison.Ordinal);
        Assert.Contains("\"campaign\":\"bad\"", dead.Value, StringComparison.Ordinal);
        Assert.Single(result.Tables["counts"]);
    }

    [Fact]
    public async Task Given_two_sources_of_one_topic_at_different_offsets_When_killed_Then_each_goes_on_where_it_was()
    {
        await using var bench = new StreamTestBench(() => new Twice());
        var result = await bench.RunAsync([Clicks.At(1, "a"), new StreamStep.Checkpoint(), new StreamStep.Kill(), Clicks.At(2, "b"), new StreamStep.KillAt(CheckpointStep.Recorded), Clicks.At(3, "c"), Clicks.Watermark(100)]);
        Assert.Equal<string>(["a", "a", "b", "b", "c", "c"], [.. result.Tables["names"]]);
    }

    private sealed class FromMemory(MemorySource<ClickEvent> source) : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From(source, e => e.Campaign == Text.Literal("bad") ? throw new InvalidOperationException("no time") : e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Tumbling(TimeSpan.FromSeconds(10))
            .Count()
            .ToLake("counts");
    }

    private sealed class Twice : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var first = job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.Zero).Select(e => new Name(e.Campaign));
            first.Union(job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.Zero).Select(e => new Name(e.Campaign))).ToLake("names");
        }
    }

    private readonly record struct Name(Text Campaign);
}
