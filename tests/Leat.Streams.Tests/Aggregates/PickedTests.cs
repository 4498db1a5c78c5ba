using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>All aggregates over all kinds of windows beside a model over lists.</summary>
public sealed class PickedTests
{
    [Fact]
    public Task Given_random_disorder_and_kills_When_run_with_1_2_and_4_workers_Then_every_result_equals_the_model() => Seeds.ForAll(6, 200, async seed =>
    {
        var random = new Random(seed);
        var kind = WindowKind.All[seed % WindowKind.All.Length];
        var (steps, clicks) = Make(random);
        var expected = PickedModel.Rows(kind, clicks);
        foreach (var workers in new[] { 1, 2, 4 })
        {
            await using var bench = new StreamTestBench(() => new PickedClicks(kind), new StreamTestSettings { Workers = workers, Partitions = 4 });
            var result = await bench.RunAsync(steps);
            Assert.Equal(0, result.Status.LateEvents);
            Assert.Equal(0, result.Status.DeadEvents);
            Same(expected, result.Fresh["picked"]);
            Same(expected, result.Views["picked"]);
            Same(expected, result.Tables["picked"]);
        }
    });

    [Fact]
    public Task Given_windows_that_stay_open_When_killed_at_any_time_Then_fresh_and_committed_results_equal_the_model() => Seeds.ForAll(6, 200, async seed =>
    {
        var random = new Random(seed);
        var kind = WindowKind.All[seed % WindowKind.All.Length];
        var (steps, clicks) = Make(random);
        await using var bench = new StreamTestBench(() => new PickedClicks(kind), new StreamTestSettings { Workers = 2, Partitions = 4 });
        var result = await bench.RunAsync(steps.Take(steps.Count - 1));
        Same(PickedModel.Rows(kind, clicks), result.Fresh["picked"]);
        Same(PickedModel.Rows(kind, clicks), result.Views["picked"]);
    });

    [Fact]
    public async Task Given_a_filter_When_rows_do_not_pass_Then_their_selectors_are_not_called()
    {
        await using var bench = new StreamTestBench(() => new DearUsers());
        var result = await bench.RunAsync([Clicks.At(1, "a", "10", "cheap"), Clicks.At(2, "a", "60", "dear"), Clicks.At(3, "a", "70", "boom"), Clicks.At(4, "a", "5", "boom")]);
        Assert.Equal("a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|3|1|dear", Assert.Single(result.Views["dear"]));
        Assert.Equal("LEAT2114", Assert.Single(result.Topics["clicks.dlq"]).Code);
    }

    private static (List<StreamStep> Steps, List<Click> Clicks) Make(Random random)
    {
        var (steps, clicks) = (new List<StreamStep>(), new List<Click>());
        for (var i = 0; i < 200; i++)
        {
            var second = Math.Round((i * 0.4) + (random.NextDouble() * 4.9), random.Next(2) * 3);
            var click = new Click((long)Math.Round(second * 1000), $"campaign {random.Next(4)}", random.Next(100) / 10 * 10, random.Next(2) == 0 ? $"u{random.Next(5)}" : $"a user with a long name, {new string('x', random.Next(20))} {random.Next(8)}");
            clicks.Add(click);
            steps.Add(Clicks.At(second, click.Campaign, $"{click.Cost}", click.User, random.Next(4)));
            if (random.Next(25) == 0) steps.Add(random.Next(4) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), 2 => new StreamStep.Process(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        steps.Add(Clicks.Watermark(1000));
        return (steps, clicks);
    }

    private static void Same(List<string> expected, IEnumerable<string> rows)
    {
        var actual = rows.Select(PickedModel.Cut).Order(StringComparer.Ordinal).ToList();
        Assert.True(actual.SequenceEqual(expected), $"missing: {string.Join('\n', expected.Except(actual).Take(3))}\ntoo many: {string.Join('\n', actual.Except(expected).Take(3))}");
    }

    private sealed class DearUsers : StreamJob
    {
        protected override void Define(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign).Tumbling(TimeSpan.FromSeconds(10))
            .Aggregate(a => a.Count("clicks").Where(e => e.Cost > 50, dear => dear.Count("dear").First("user", e => e.User.ToString() is var user && user != "boom" ? user : throw new InvalidOperationException("boom"))))
            .ToView("dear", TimeSpan.FromHours(1));
    }
}
