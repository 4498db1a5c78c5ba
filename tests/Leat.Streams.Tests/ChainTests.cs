using System.Globalization;
using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Operators after operators: results of windows as streams, united streams, each with its own watermark.</summary>
public sealed class ChainTests
{
    [Fact]
    public Task Given_windows_over_window_results_When_run_with_kills_and_workers_Then_both_levels_equal_the_model() => Seeds.ForAll(6, 200, async seed =>
    {
        var random = new Random(seed);
        var lateness = random.Next(3) * 3;
        var model = new HoppingModel(10, 5, lateness);
        var steps = new List<StreamStep>();
        for (var i = 0; i < 250; i++)
        {
            var second = Math.Round((i * 0.4) + (random.NextDouble() * 4.9), 3);
            var (campaign, cost) = ($"campaign with a long name {random.Next(5)}", random.Next(100));
            steps.Add(Clicks.At(second, campaign, $"{cost}", partition: random.Next(2)));
            model.Add(second, campaign, cost, "u");
            if (random.Next(6) == 0) steps.Add(random.Next(8) switch { 0 => new StreamStep.Kill(), 1 => new StreamStep.KillAt((CheckpointStep)random.Next(5)), _ => new StreamStep.Checkpoint() }); // the watermark moves in small steps
        }

        steps.Add(Clicks.Watermark(1000));
        var expected = model.Rows(onlyFinal: false)
            .Select(row => row.Split('|'))
            .Select(cells => (End: DateTime.Parse(cells[2], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), Count: long.Parse(cells[3], CultureInfo.InvariantCulture)))
            .GroupBy(row => new DateTime((row.End.Ticks - 1) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, DateTimeKind.Utc))
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key:yyyy-MM-ddTHH:mm:ss'Z'}|{g.Key.AddMinutes(1):yyyy-MM-ddTHH:mm:ss'Z'}|{g.Count()}|{g.Max(r => r.Count)}|{g.Sum(r => r.Count)}"));
        foreach (var workers in new[] { 1, 2 })
        {
            await using var bench = new StreamTestBench(() => new BusiestCampaigns(TimeSpan.FromSeconds(lateness)), new StreamTestSettings { Workers = workers, Partitions = 2 });
            var result = await bench.RunAsync(steps);
            Assert.Equal(0, result.Status.LateEvents);
            Assert.Equal(expected.Order(StringComparer.Ordinal), result.Tables["minutes"]);
        }
    });

    [Fact]
    public async Task Given_two_branches_united_When_run_Then_each_row_comes_once_from_each()
    {
        await using var bench = new StreamTestBench(() => new United());
        var result = await bench.RunAsync([Clicks.At(1, "a"), Clicks.At(2, "b"), new StreamStep.Kill(), Clicks.At(3, "a"), Clicks.Watermark(100)]);
        Assert.Equal<string>(["a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|2", "both|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|3", "b|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|1"], [.. result.Tables["united"]]);
    }

    [Fact]
    public async Task Given_a_selector_of_window_results_that_throws_When_a_window_closes_Then_the_result_is_a_dead_letter()
    {
        await using var bench = new StreamTestBench(() => new BadSelector());
        var result = await bench.RunAsync([Clicks.At(1, "a"), Clicks.At(2, "bad"), Clicks.Watermark(100)]);
        Assert.Equal("a", Assert.Single(result.Tables["names"]));
        Assert.Contains("window result: InvalidOperationException: no", Assert.Single(result.Topics["bad_selector.dlq"]).Reason, StringComparison.Ordinal);
    }

    private sealed class BusiestCampaigns(TimeSpan lateness) : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Hopping(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), lateness)
            .Count()
            .Select(w => (Campaign: w.Key, Count: w.Get<long>(0)))
            .Tumbling(TimeSpan.FromMinutes(1))
            .Aggregate(a => a.Count("windows").Max("most", r => r.Count).Sum("clicks", r => r.Count))
            .ToLake("minutes");
    }

    private sealed class United : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var clicks = job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5));
            clicks.Select(c => c.Campaign).Union(clicks.Select(_ => Text.Literal("both"))).KeyBy(c => c).Tumbling(TimeSpan.FromSeconds(10)).Count().ToLake("united");
        }
    }

    private sealed class BadSelector : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Tumbling(TimeSpan.FromSeconds(10))
            .Count()
            .Select(w => w.Key == Text.Literal("bad") ? throw new InvalidOperationException("no") : new Name(w.Key))
            .ToLake("names");
    }

    private readonly record struct Name(Text Campaign);
}
