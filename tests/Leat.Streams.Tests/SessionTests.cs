using Leat.Streams.Testing;
using Leat.Streams.Views;

namespace Leat.Streams.Tests;

/// <summary>Sessions beside a model that holds every event against every session.</summary>
public sealed class SessionTests
{
    [Fact]
    public Task Given_random_disorder_duplicates_late_events_and_kills_When_run_Then_view_table_and_late_topic_equal_the_model() => Seeds.ForAll(15, 200, async seed =>
    {
        var random = new Random(seed);
        var model = new SessionModel(gapSeconds: random.Next(1, 8), lateness: random.Next(3) * 2);
        var steps = new List<StreamStep>();
        for (var i = 0; i < 150; i++)
        {
            var second = Math.Round((i * 0.8) + (random.NextDouble() * 5) - (random.Next(8) == 0 ? 15 : 0), random.Next(2) * 3);
            var (campaign, user, cost) = ($"campaign {random.Next(4)}", $"u{random.Next(6)}", random.Next(100));
            for (var times = random.Next(10) == 0 ? 2 : 1; times > 0; times--)
            {
                steps.Add(Clicks.At(second, campaign, $"{cost}", user));
                model.Add(second, campaign, cost, user);
            }

            if (random.Next(20) == 0) steps.Add(random.Next(4) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), 2 => new StreamStep.Process(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
            if (random.Next(40) == 0)
            {
                steps.Add(Clicks.Watermark(Math.Ceiling(second)));
                model.Promise(Math.Ceiling(second));
            }
        }

        await using var bench = new StreamTestBench(() => new SessionClicks(TimeSpan.FromSeconds(model.Gap), TimeSpan.FromSeconds(model.Lateness)), new StreamTestSettings { Partitions = 1 });
        var result = await bench.RunAsync(steps);
        Same(model.Rows(onlyFinal: false), result.Fresh["sessions"]);
        Same(model.Rows(onlyFinal: false), result.Views["sessions"]);
        Same(model.Rows(onlyFinal: true), result.Tables.GetValueOrDefault("sessions", []));
        Assert.Equal(model.Late, result.Status.LateEvents);
    });

    [Fact]
    public Task Given_several_partitions_and_workers_When_run_with_kills_Then_all_outputs_equal_the_model() => Seeds.ForAll(3, 60, async seed =>
    {
        var random = new Random(seed);
        var model = new SessionModel(gapSeconds: random.Next(1, 6), lateness: 0);
        var steps = new List<StreamStep>();
        for (var i = 0; i < 300; i++)
        {
            var second = Math.Round((i * 0.6) + (random.NextDouble() * 4.9), 3);
            var (campaign, user, cost) = ($"campaign {random.Next(6)}", $"u{random.Next(6)}", random.Next(100));
            steps.Add(Clicks.At(second, campaign, $"{cost}", user, random.Next(4)));
            model.Add(second, campaign, cost, user);
            if (random.Next(40) == 0) steps.Add(random.Next(2) == 0 ? new StreamStep.Checkpoint() : new StreamStep.KillAt((CheckpointStep)random.Next(5)));
        }

        steps.Add(Clicks.Watermark(1000));
        foreach (var workers in new[] { 1, 2, 4 })
        {
            await using var bench = new StreamTestBench(() => new SessionClicks(TimeSpan.FromSeconds(model.Gap), TimeSpan.Zero), new StreamTestSettings { Workers = workers, Partitions = 4 });
            var result = await bench.RunAsync(steps);
            Assert.Equal(0, result.Status.LateEvents);
            Same(model.Rows(onlyFinal: false), result.Views["sessions"]);
            Same(model.Rows(onlyFinal: false), result.Tables["sessions"]);
        }
    });

    [Fact]
    public async Task Given_two_sessions_that_an_event_joins_When_subscribed_Then_the_rows_that_are_no_more_are_told()
    {
        await using var bench = new StreamTestBench(() => new SessionClicks(TimeSpan.FromSeconds(4), TimeSpan.Zero));
        await bench.RunAsync([Clicks.At(1, "a"), Clicks.At(7, "a")]);
        foreach (var consistency in Enum.GetValues<ViewConsistency>())
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var first = 10 * (consistency == ViewConsistency.Fresh ? 1 : 2);
            await bench.RunAsync([Clicks.At(first, "b"), Clicks.At(first + 6, "b")]);
            var frames = bench.View("sessions").SubscribeAsync(consistency, TimeSpan.FromMilliseconds(5), patience.Token).GetAsyncEnumerator(patience.Token);
            await using (frames.ConfigureAwait(false))
            {
                var next = frames.MoveNextAsync();
                await bench.RunAsync([Clicks.At(first + 3, "b")]);
                Assert.True(await next);
                Assert.Equal($"b|{first}|3", frames.Current.Rows.Select(r => $"{r[0]}|{((DateTime)r[1]! - Clicks.Zero).TotalSeconds}|{r[3]}").Single());
                Assert.Contains($"b|{first + 6}", frames.Current.Removed.Select(r => $"{r[0]}|{((DateTime)r[1]! - Clicks.Zero).TotalSeconds}"));
            }
        }
    }

    [Fact]
    public async Task Given_a_saved_session_that_grows_to_an_earlier_start_When_saved_again_and_killed_Then_it_has_its_old_values_too()
    {
        await using var bench = new StreamTestBench(() => new SessionClicks(TimeSpan.FromSeconds(4), TimeSpan.Zero), new StreamTestSettings { Partitions = 1 });
        var result = await bench.RunAsync(
            [Clicks.At(10, "a", user: "one"), new StreamStep.Checkpoint(), Clicks.At(8, "a", user: "two"), new StreamStep.Checkpoint(), new StreamStep.Kill(), Clicks.Watermark(100)]);
        Assert.Equal("a|2026-01-01T00:00:08Z|2026-01-01T00:00:14Z|2|2|2", Assert.Single(result.Tables["sessions"]));
        Assert.Equal("a|2026-01-01T00:00:08Z|2026-01-01T00:00:14Z|2|2|2", Assert.Single(result.Views["sessions"]));
    }

    [Fact]
    public async Task Given_many_keys_that_come_and_go_When_they_are_gone_Then_the_newest_are_right_after_a_restart()
    {
        const int Keys = 5000;
        await using var bench = new StreamTestBench(() => new SessionClicks(TimeSpan.FromSeconds(2), TimeSpan.Zero, keep: TimeSpan.Zero), new StreamTestSettings { Partitions = 1 });
        var steps = new List<StreamStep>();
        for (var i = 0; i < Keys; i++)
        {
            steps.Add(Clicks.At(i * 0.1, $"a campaign with a rather long name, number {i}", "2", $"a user with a rather long name, number {i}"));
            if (i % 1000 == 999) steps.Add(i % 2000 == 999 ? new StreamStep.Checkpoint() : new StreamStep.Kill());
        }

        steps.Add(new StreamStep.KillAt(CheckpointStep.Committed));
        var result = await bench.RunAsync(steps);
        var rows = result.Tables["sessions"];
        Assert.Equal(rows.Length, rows.Select(r => r.Split('|')[0]).Distinct().Count());
        Assert.All(rows, r => Assert.EndsWith("|1|2|1", r, StringComparison.Ordinal));
        Assert.InRange(rows.Length, Keys - 80, Keys - 60);
        Assert.Equal(Keys - rows.Length, result.Fresh["sessions"].Length);
        Assert.Equal(result.Fresh["sessions"].Order(StringComparer.Ordinal), result.Views["sessions"].Order(StringComparer.Ordinal));
    }

    private static void Same(List<string> expected, IReadOnlyCollection<string> actual) =>
        Assert.True(actual.Order(StringComparer.Ordinal).SequenceEqual(expected), $"missing: {string.Join(" ", expected.Except(actual))}; too many: {string.Join(" ", actual.Except(expected))}");
}
