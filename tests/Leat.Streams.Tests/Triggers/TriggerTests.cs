using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.Triggers;

/// <summary>Windows of rows, and results that triggers let out, beside plain models.</summary>
public sealed class TriggerTests
{
    [Fact]
    public Task Given_random_rows_and_kills_When_counted_Then_windows_of_rows_equal_the_model() => Seeds.ForAll(12, 200, async seed =>
    {
        var random = new Random(seed);
        var (size, every) = (random.Next(1, 8), 0);
        every = seed % 3 == 0 ? size : random.Next(1, size + 1);
        var tumbles = seed % 3 == 0;
        var accumulates = seed % 6 == 3;
        var rows = Rows(random, out var steps);
        await using var bench = new StreamTestBench(() => new Windows(k => tumbles ? accumulates ? k.Global(Trigger.Rows(size)) : k.CountWindow(size) : k.CountWindow(size, every)), new StreamTestSettings { Partitions = 1 });
        var result = await bench.RunAsync(steps);
        var expected = new List<string>();
        foreach (var key in rows.GroupBy(r => r.Campaign))
        {
            var all = key.ToList();
            for (var end = every; end <= all.Count; end += every) expected.Add(Show(key.Key, all[(accumulates ? 0 : Math.Max(0, end - size))..end]));
        }

        Same(expected, result.Tables.GetValueOrDefault("results", []));
    });

    [Fact]
    public Task Given_random_rows_late_ones_and_kills_When_periods_of_event_time_pass_Then_results_equal_the_model() => Seeds.ForAll(12, 200, async seed =>
    {
        var random = new Random(seed);
        var period = new[] { 1, 2, 3, 4, 6, 8, 12 }[random.Next(7)] * 1000;
        var purges = seed % 2 == 0;
        var rows = Rows(random, out var steps);
        steps.Add(Clicks.Watermark(1000));
        foreach (var workers in new[] { 1, 2 })
        {
            await using var bench = new StreamTestBench(() => new Windows(k => k.Global(purges ? Trigger.EventTime(TimeSpan.FromMilliseconds(period)).Purging() : Trigger.EventTime(TimeSpan.FromMilliseconds(period)))), new StreamTestSettings { Partitions = 1, Workers = workers });
            var result = await bench.RunAsync(steps);
            var expected = new List<string>();
            foreach (var key in rows.GroupBy(r => r.Campaign))
            {
                var ends = key.GroupBy(r => ((Math.Max(r.Ms, r.Watermark) / period) + 1) * period).OrderBy(g => g.Key).ToList();
                for (var i = 0; i < ends.Count; i++) expected.Add(Show(key.Key, [.. ends.Skip(purges ? i : 0).Take(purges ? 1 : i + 1).SelectMany(g => g)], (ends[i].Key - period, ends[i].Key)));
            }

            Same(expected, result.Tables.GetValueOrDefault("results", []));
            Assert.Equal(0, result.Status.LateEvents);
        }
    });

    [Fact]
    public Task Given_a_clock_that_goes_on_When_periods_of_it_pass_Then_each_row_counts_in_the_period_it_came_in() => Seeds.ForAll(8, 200, async seed =>
    {
        var random = new Random(seed);
        var most = seed % 2 == 0 ? 0 : random.Next(2, 5);
        var steps = new List<StreamStep>();
        var (now, open, results) = (0L, new SortedDictionary<string, (long End, int Count)>(StringComparer.Ordinal), new List<string>());
        for (var i = 0; i < 80; i++)
        {
            var campaign = $"campaign with a long name {random.Next(3)}";
            steps.Add(Clicks.At(i, campaign));
            steps.Add(new StreamStep.Process());
            if (open.TryGetValue(campaign, out var window) && window.End <= now) Close(campaign, window);
            window = open.GetValueOrDefault(campaign, (((now / 10_000) + 1) * 10_000, 0));
            open[campaign] = window with { Count = window.Count + 1 };
            if (window.Count + 1 == most) Close(campaign, open[campaign]);
            if (random.Next(12) == 0) steps.Add(random.Next(2) == 0 ? new StreamStep.Kill() : new StreamStep.KillAt((CheckpointStep)random.Next(5)));
            if (random.Next(3) != 0) continue;
            steps.Add(new StreamStep.Checkpoint()); // what came before a kill is gathered again at the time of the restart
            var by = random.Next(12_000);
            now += by;
            steps.Add(new StreamStep.Pass(TimeSpan.FromMilliseconds(by)));
        }

        steps.Add(new StreamStep.Checkpoint());
        steps.Add(new StreamStep.Pass(TimeSpan.FromSeconds(100)));
        foreach (var (campaign, window) in open.ToList()) Close(campaign, window);
        var trigger = most == 0 ? Trigger.Clock(TimeSpan.FromSeconds(10)).Purging() : Trigger.Rows(most).OrClock(TimeSpan.FromSeconds(10)).Purging();
        await using var bench = new StreamTestBench(() => new Windows(k => k.Global(trigger), onlyCounts: true), new StreamTestSettings { Partitions = 1 });
        var actual = (await bench.RunAsync([.. steps, new StreamStep.Checkpoint()])).Tables["results"];
        Same(results, actual);

        void Close(string campaign, (long End, int Count) window)
        {
            results.Add(most == 0 ? $"{campaign}|{window.Count}|{(window.End / 1000) - 10}..{window.End / 1000}" : $"{campaign}|{window.Count}");
            open.Remove(campaign);
        }
    });

    [Fact]
    public async Task Given_long_texts_that_are_replaced_When_gathered_and_purged_Then_memory_does_not_grow_with_them()
    {
        await using var bench = new StreamTestBench(() => new Windows(k => k.CountWindow(2)));
        await bench.RunAsync([.. Enumerable.Range(0, 3000).Select(i => Clicks.At(i * 0.001, "a", user: new string((char)('a' + (i % 26)), 2000)))]);
        Assert.InRange(bench.Description.Operators.Single(o => o.Kind.StartsWith("trigger", StringComparison.Ordinal)).State!.SizeBytes, 0, 4 << 20);
    }

    [Fact]
    public void Given_counts_that_cannot_be_When_defined_Then_they_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Trigger.Rows(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Trigger.EventTime(TimeSpan.Zero));
        Assert.Throws<InvalidOperationException>(() => Trigger.EventTime(TimeSpan.FromSeconds(1)).OrClock(TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamTestBench(() => new Windows(k => k.CountWindow(2, 3))).RunAsync([Clicks.At(1, "a")]).GetAwaiter().GetResult());
    }

    /// <summary>Rows with the watermark they came behind.</summary>
    private static List<Row> Rows(Random random, out List<StreamStep> steps)
    {
        var (rows, watermark) = (new List<Row>(), long.MinValue);
        steps = [];
        for (var i = 0; i < 120; i++)
        {
            var second = Math.Round(20 + (i * 0.4) + (random.NextDouble() * 4.9) - (random.Next(6) == 0 ? 12 : 0), 1);
            var row = new Row($"campaign with a long name {random.Next(3)}", (long)Math.Round(second * 1000), random.Next(10), $"user with a long name {random.Next(5)}", watermark);
            rows.Add(row);
            watermark = Math.Max(watermark, row.Ms - 5000);
            steps.Add(Clicks.At(second, row.Campaign, $"{row.Cost}", row.User));
            if (random.Next(10) == 0) steps.Add(new StreamStep.Process());
            if (random.Next(20) == 0) steps.Add(random.Next(3) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        return rows;
    }

    private static void Same(List<string> expected, IReadOnlyCollection<string> actual) =>
        Assert.True(actual.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)), $"missing: {Surplus(expected, actual)}\ntoo many: {Surplus(actual, expected)}");

    private static string Surplus(IEnumerable<string> rows, IEnumerable<string> others)
    {
        var left = others.ToList();
        return string.Join('\n', rows.Where(r => !left.Remove(r)));
    }

    private static string Show(string campaign, List<Row> rows, (long Start, long End)? window = null)
    {
        var times = window is { } period ? $"{period.Start}..{period.End}" : "";
        return $"{campaign}|{rows.Count}|{rows.Sum(r => r.Cost)}|{rows.Select(r => r.User).Order(StringComparer.Ordinal).Last()}|{rows.Select(r => r.User).Distinct().Count()}|{times}";
    }

    private sealed class Windows(Func<KeyedStream<Text, ClickEvent>, TriggeredStream<Text, ClickEvent>> window, bool onlyCounts = false) : StreamJob
    {
        protected override void Define(JobBuilder job) => window(job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign))
            .Aggregate(a => a.Count("n").Sum("cost", e => (long)e.Cost).Max("most", e => e.User).Distinct("users", e => e.User), w => new Result(onlyCounts ? Counts(w) : All(w)))
            .ToLake("results");

        private static string Counts(WindowedRow<Text> row) => row.End - row.Start == TimeSpan.FromSeconds(10) ? $"{row.Key}|{row.Get<long>(0)}|{(row.Start - Clicks.Zero).TotalSeconds}..{(row.End - Clicks.Zero).TotalSeconds}" : $"{row.Key}|{row.Get<long>(0)}";

        private static string All(WindowedRow<Text> row)
        {
            var isPeriod = row.Start.Ticks % TimeSpan.TicksPerSecond == 0 && row.End.Ticks % TimeSpan.TicksPerSecond == 0;
            return $"{row.Key}|{row.Get<long>(0)}|{row.Get<long>(1)}|{row.Get<string>(2)}|{row.Get<long>(3)}|{(isPeriod ? $"{(row.Start - Clicks.Zero).TotalMilliseconds}..{(row.End - Clicks.Zero).TotalMilliseconds}" : "")}";
        }
    }

    private readonly record struct Result(string Text);

    private sealed record Row(string Campaign, long Ms, int Cost, string User, long Watermark);
}
