using System.Globalization;
using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Early, on-time and late results, and results without windows.</summary>
public sealed class UpdatesTests
{
    [Fact]
    public Task Given_overlapping_windows_with_late_rows_and_kills_When_updates_are_followed_Then_the_last_of_each_window_is_its_result() => Seeds.ForAll(8, 200, async seed =>
    {
        var random = new Random(seed);
        var (size, slide) = seed % 2 == 0 ? (10, 10) : (10, 5);
        var model = new HoppingModel(size, slide, random.Next(3) * 4);
        var steps = Steps(random, (second, campaign) => model.Add(second, campaign, 1, "u"), late: true);
        await using var bench = new StreamTestBench(() => new Followed(k => k.Hopping(TimeSpan.FromSeconds(size), TimeSpan.FromSeconds(slide), TimeSpan.FromSeconds(model.Lateness))), new StreamTestSettings { Partitions = 1 });
        var result = await bench.RunAsync(steps);
        var updates = result.Tables["updates"].Select(Update.Parse).ToList();
        Assert.Equal(model.Rows(onlyFinal: false).Select(r => string.Join('|', r.Split('|')[..4])), Last(updates).Select(u => $"{u.Campaign}|{u.Start}|{u.End}|{u.Count}"));
        foreach (var window in updates.GroupBy(u => (u.Campaign, u.Start)).Select(w => w.OrderBy(u => u.Number).ToList()))
        {
            Assert.Equal(Enumerable.Range(1, window.Count).Select(n => (long)n), window.Select(u => u.Number));
            Assert.True(window.Count(u => u.Firing == nameof(Firing.OnTime)) == (window.TrueForAll(u => u.Firing == nameof(Firing.Late)) ? 0 : 1), string.Join(", ", window));
            var order = window.Select(u => (int)Enum.Parse<Firing>(u.Firing)).ToList();
            Assert.Equal(order.Order(), order);
            Assert.All(window.Zip(window.Skip(1)), pair => Assert.True(pair.Second.Count > pair.First.Count || pair.Second.Firing == nameof(Firing.OnTime), string.Join(", ", window)));
        }
    });

    [Fact]
    public async Task Given_a_late_row_right_before_its_window_is_final_When_the_window_closes_Then_its_update_comes_out()
    {
        await using var bench = new StreamTestBench(() => new Followed(k => k.Tumbling(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(4))), new StreamTestSettings { Partitions = 1 });
        var result = await bench.RunAsync([
            Clicks.At(1, "a"), Clicks.Watermark(10.5), new StreamStep.Checkpoint(), new StreamStep.Pass(TimeSpan.FromMilliseconds(1)),
            Clicks.At(5, "a"), Clicks.Watermark(14.2), new StreamStep.Checkpoint()]);
        var last = Last([.. result.Tables["updates"].Select(Update.Parse)]).Single();
        Assert.Equal((2, nameof(Firing.Late)), ((int)last.Count, last.Firing));
    }

    [Fact]
    public Task Given_sessions_that_merge_When_updates_are_followed_Then_what_is_not_gone_is_the_result() => Seeds.ForAll(8, 200, async seed =>
    {
        var random = new Random(seed);
        var model = new SessionModel(4, 0);
        var steps = Steps(random, (second, campaign) => model.Add(second, campaign, 1, "u"), late: false);
        await using var bench = new StreamTestBench(() => new Followed(k => k.Session(TimeSpan.FromSeconds(4))), new StreamTestSettings { Partitions = 1 });
        var updates = (await bench.RunAsync(steps)).Tables["updates"].Select(Update.Parse).ToList();
        Assert.Equal(model.Rows(onlyFinal: false).Select(r => string.Join('|', r.Split('|')[..4])), Last(updates).Where(u => u.Count >= 0).Select(u => $"{u.Campaign}|{u.Start}|{u.End}|{u.Count}").Order(StringComparer.Ordinal));
        var onTime = updates.Where(u => u.Firing == nameof(Firing.OnTime)).ToList();
        Assert.Equal(Last(updates).Where(u => u.Count >= 0).Select(u => $"{u.Campaign}|{u.Start}|{u.End}|{u.Count}").Order(StringComparer.Ordinal), onTime.Select(u => $"{u.Campaign}|{u.Start}|{u.End}|{u.Count}").Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task Given_sessions_with_late_rows_When_two_streams_follow_them_Then_both_get_each_end_once_and_the_last_is_the_result() => Seeds.ForAll(8, 200, async seed =>
    {
        var random = new Random(seed);
        var model = new SessionModel(4, 6);
        var steps = Steps(random, (second, campaign) => model.Add(second, campaign, 1, "u"), late: true);
        await using var bench = new StreamTestBench(() => new Followed(k => k.Session(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6)), twice: true), new StreamTestSettings { Partitions = 1 });
        var tables = (await bench.RunAsync(steps)).Tables;
        foreach (var table in new[] { "updates", "again" })
        {
            var updates = tables[table].Select(Update.Parse).ToList();
            Assert.Equal(model.Rows(onlyFinal: false).Select(r => string.Join('|', r.Split('|')[..4])), Last(updates).Where(u => u.Count >= 0).Select(u => $"{u.Campaign}|{u.Start}|{u.End}|{u.Count}").Order(StringComparer.Ordinal));
            Assert.DoesNotContain(updates.Where(u => u.Firing == nameof(Firing.OnTime)).GroupBy(u => (u.Campaign, u.Start, u.End)), ends => ends.Count() > 1);
        }

        Assert.Equal(OnTime("updates"), OnTime("again"));

        IEnumerable<string> OnTime(string table) => tables[table].Select(Update.Parse).Where(u => u.Firing == nameof(Firing.OnTime)).Select(u => $"{u.Campaign}|{u.Start}|{u.End}|{u.Count}").Order(StringComparer.Ordinal);
    });

    [Fact]
    public Task Given_no_window_When_run_with_kills_and_workers_Then_view_and_last_update_are_totals_by_key() => Seeds.ForAll(4, 100, async seed =>
    {
        var random = new Random(seed);
        var totals = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var steps = Steps(random, (_, campaign) => totals[campaign] = totals.GetValueOrDefault(campaign) + 1, late: true);
        foreach (var workers in new[] { 1, 2 })
        {
            await using var bench = new StreamTestBench(() => new Totals(), new StreamTestSettings { Workers = workers, Partitions = 1 });
            var result = await bench.RunAsync(steps);
            var expected = totals.Select(t => $"{t.Key}|{t.Value}").ToList();
            Assert.Equal(expected, result.Views["totals"]);
            Assert.Equal(expected, result.Fresh["totals"]);
            Assert.Equal(expected, result.Tables["updates"].Select(r => r.Split('|')).GroupBy(r => r[0]).Select(g => $"{g.Key}|{g.Max(r => long.Parse(r[1], CultureInfo.InvariantCulture))}"));
            Assert.Equal(0, result.Status.LateEvents);
        }
    });

    [Fact]
    public void Given_final_results_asked_where_there_is_no_window_When_defined_Then_the_answer_says_so()
    {
        var error = Assert.Throws<LeatException>(() => new StreamTestBench(() => new NeverFinal()).PlayAsync([]).GetAwaiter().GetResult());
        Assert.Equal("LEAT2101", error.Code);
        Assert.Contains("without windows", error.What, StringComparison.Ordinal);
    }

    private static List<Update> Last(List<Update> updates) =>
        [.. updates.GroupBy(u => (u.Campaign, u.Start)).Select(w => w.MaxBy(u => u.Number)!).OrderBy(u => $"{u.Campaign}|{u.Start}|{u.End}|{u.Count}|", StringComparer.Ordinal)];

    private static List<StreamStep> Steps(Random random, Action<double, string> add, bool late)
    {
        var steps = new List<StreamStep>();
        for (var i = 0; i < 150; i++)
        {
            var second = Math.Round((i * 0.4) + (random.NextDouble() * 4.9) - (late && random.Next(6) == 0 ? 8 : 0), 3);
            var campaign = $"campaign with a long name {random.Next(4)}";
            steps.Add(Clicks.At(second, campaign));
            add(second, campaign);
            if (random.Next(10) == 0) steps.Add(new StreamStep.Process());
            if (random.Next(10) == 0) steps.Add(new StreamStep.Pass(TimeSpan.FromMilliseconds(random.Next(3000))));
            if (random.Next(20) == 0) steps.Add(random.Next(3) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        steps.Add(Clicks.Watermark(1000));
        return steps;
    }

    private sealed class Followed(Func<KeyedStream<Text, ClickEvent>, WindowedStream<Text, ClickEvent>> window, bool twice = false) : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var counts = window(job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign)).Count();
            Follow(counts, TimeSpan.FromSeconds(1), "updates");
            if (twice) Follow(counts, TimeSpan.FromSeconds(3), "again");
        }

        private static void Follow(WindowResult<Text> counts, TimeSpan every, string table) => counts
            .Updates(every, w => new Seen(w.Key, w.Start, w.End, w.IsGone ? -1 : w.Get<long>(0), w.Firing))
            .KeyBy(u => (u.Campaign, u.Start))
            .Process(() => new Numbering())
            .ToLake(table);
    }

    private sealed class Numbering : KeyedProcess<(Text Campaign, DateTime Start), Seen, Numbered>
    {
        private readonly ValueState<long> _count;

        public Numbering() => _count = Value<long>("count");

        protected internal override void Process(Seen row) => Emit(new Numbered(row.Campaign, row.Start, row.End, row.Count, row.Firing.ToString(), ++_count.Value));
    }

    private sealed class Totals : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Global()
            .Count()
            .ToView("totals")
            .Updates(TimeSpan.Zero, w => new Total(w.Key, w.Get<long>(0)))
            .ToLake("updates");
    }

    private sealed class NeverFinal : StreamJob
    {
        protected override void Define(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.Zero).KeyBy(e => e.Campaign).Global().Count().ToLake("never");
    }

    private readonly record struct Seen(Text Campaign, DateTime Start, DateTime End, long Count, Firing Firing);

    private readonly record struct Numbered(Text Campaign, DateTime Start, DateTime End, long Count, string Firing, long Number);

    private readonly record struct Total(Text Campaign, long Count);

    private sealed record Update(string Campaign, string Start, string End, long Count, string Firing, long Number)
    {
        public static Update Parse(string row)
        {
            var cells = row.Split('|');
            return new Update(cells[0], cells[1], cells[2], long.Parse(cells[3], CultureInfo.InvariantCulture), cells[4], long.Parse(cells[5], CultureInfo.InvariantCulture));
        }
    }
}
