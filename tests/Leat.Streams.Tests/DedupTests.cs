using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Deduplication beside a model that remembers everything that passed.</summary>
public sealed class DedupTests
{
    [Fact]
    public Task Given_random_disorder_repetitions_late_events_and_kills_When_run_Then_what_passes_equals_the_model() => Seeds.ForAll(12, 200, async seed =>
    {
        var random = new Random(seed);
        var within = random.Next(1, 12);
        var (passed, late, watermark) = (new List<(string User, long Time)>(), 0, long.MinValue / 2);
        var steps = new List<StreamStep>();
        for (var i = 0; i < 200; i++)
        {
            var second = Math.Round((i * 0.4) + (random.NextDouble() * 5) - (random.Next(8) == 0 ? 20 : 0), random.Next(2) * 3);
            var user = $"user with a long name, number {random.Next(12)}";
            steps.Add(Clicks.At(second, "a", user: user));
            var time = (long)Math.Round(second * 1000);
            if (time + (within * 1000) <= watermark) late++;
            else if (!passed.Any(p => p.User == user && Math.Abs(p.Time - time) < within * 1000)) passed.Add((user, time));
            watermark = Math.Max(watermark, time - 5000);
            if (random.Next(20) == 0) steps.Add(random.Next(4) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), 2 => new StreamStep.Process(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        await using var bench = new StreamTestBench(() => new FirstClicks(TimeSpan.FromSeconds(within)), new StreamTestSettings { Partitions = 1 });
        var result = await bench.RunAsync(steps);
        Assert.Equal(passed.Select(p => $"{p.User}|{p.Time}").Order(StringComparer.Ordinal), result.Tables["first_clicks"]);
        Assert.Equal(late, result.Status.LateEvents);
    });

    [Fact]
    public Task Given_copies_in_several_partitions_When_run_with_1_2_and_4_workers_and_kills_Then_one_of_each_passes() => Seeds.ForAll(3, 60, async seed =>
    {
        var random = new Random(seed);
        var steps = new List<StreamStep>();
        var users = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 200; i++)
        {
            var second = Math.Round(i * 0.5, 3);
            users.Add($"u{i}|{(long)(second * 1000)}");
            for (var copies = random.Next(1, 5); copies > 0; copies--) steps.Add(Clicks.At(second, "a", user: $"u{i}", partition: random.Next(4)));
            if (random.Next(30) == 0) steps.Add(random.Next(2) == 0 ? new StreamStep.Checkpoint() : new StreamStep.KillAt((CheckpointStep)random.Next(5)));
        }

        foreach (var workers in new[] { 1, 2, 4 })
        {
            await using var bench = new StreamTestBench(() => new FirstClicks(TimeSpan.FromSeconds(30)), new StreamTestSettings { Workers = workers, Partitions = 4 });
            var result = await bench.RunAsync(steps);
            Assert.Equal(0, result.Status.LateEvents);
            Assert.Equal(users, result.Tables["first_clicks"]);
        }
    });

    [Fact]
    public async Task Given_a_key_that_throws_When_it_comes_Then_its_record_is_a_dead_letter_and_the_others_pass()
    {
        await using var bench = new StreamTestBench(() => new FirstClicks(TimeSpan.FromSeconds(5), user => user.Length > 1 ? user : throw new InvalidOperationException("too short")));
        var result = await bench.RunAsync([Clicks.At(1, "a", user: "ada"), Clicks.At(2, "a", user: "x"), Clicks.At(3, "a", user: "bob"), Clicks.At(4, "a", user: "ada")]);
        Assert.Equal<string>(["ada|1000", "bob|3000"], [.. result.Tables["first_clicks"]]);
        var dead = Assert.Single(result.Topics["clicks.dlq"]);
        Assert.Equal("LEAT2114", dead.Code);
        Assert.Contains("deduplicate: InvalidOperationException: too short", dead.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_windows_after_a_deduplication_When_repetitions_come_Then_each_event_counts_once()
    {
        await using var bench = new StreamTestBench(() => new FirstClicksCounted());
        var result = await bench.RunAsync([Clicks.At(1, "a", user: "x"), new StreamStep.Checkpoint(), Clicks.At(1, "a", user: "x"), Clicks.At(2, "a", user: "y"), new StreamStep.Kill(), Clicks.At(2, "a", user: "y"), Clicks.Watermark(100)]);
        Assert.Equal("a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|2", Assert.Single(result.Views["counted"]));
    }

    private sealed class FirstClicks(TimeSpan within, Func<string, string>? check = null) : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .Deduplicate(e => check is null ? e.User : Text.Literal(check(e.User.ToString())), within)
            .Select(e => new FirstClick(e.User, (long)(e.At - Clicks.Zero).TotalMilliseconds))
            .ToLake("first_clicks");
    }

    private sealed class FirstClicksCounted : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .Deduplicate(e => (e.Campaign, e.User), TimeSpan.FromMinutes(1))
            .KeyBy(e => e.Campaign)
            .Tumbling(TimeSpan.FromSeconds(10))
            .Count()
            .ToView("counted", TimeSpan.FromHours(1));
    }

    private readonly record struct FirstClick(Text User, long Time);
}
