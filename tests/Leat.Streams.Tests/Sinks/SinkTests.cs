using Leat.Core;
using Leat.Streams.Keys;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.Sinks;

/// <summary>Rows and results in sinks outside: each mode holds what it promises, whenever the job dies and however often answers are lost.</summary>
public sealed class SinkTests
{
    [Fact]
    public Task Given_windows_and_kills_When_results_go_to_sinks_of_all_modes_Then_each_holds_the_models_rows() => Seeds.ForAll(4, 200, async seed =>
    {
        var random = new Random(seed);
        var (size, slide) = seed % 2 == 0 ? (10, 10) : (10, 5);
        var model = new HoppingModel(size, slide, random.Next(3) * 4);
        var job = new Places();
        var steps = Steps(random, (second, campaign, cost, user) => model.Add(second, campaign, cost, user), job);
        var settings = new StreamTestSettings { Workers = random.Next(1, 3) };
        await using var bench = new StreamTestBench(() => new Windowed(job, k => k.Hopping(TimeSpan.FromSeconds(size), TimeSpan.FromSeconds(slide), TimeSpan.FromSeconds(model.Lateness))), settings);
        var result = await bench.RunAsync(steps);
        Assert.Equal(("running", null), (result.Status.State, result.Status.Error));
        var (all, final) = (model.Rows(onlyFinal: false), model.Rows(onlyFinal: true));
        Assert.Equal(all, Shown(job.Newest));
        Assert.Equal(all, result.Tables["newest"]);
        Assert.Equal(final, Shown(job.Final));
        Assert.Equal(all, Shown(job.Whole));
        Assert.Equal(all, result.Tables["whole"]);
    });

    [Fact]
    public Task Given_sessions_that_merge_When_results_go_to_a_sink_by_key_Then_what_is_no_more_has_left_it() => Seeds.ForAll(4, 200, async seed =>
    {
        var random = new Random(seed);
        var model = new SessionModel(4, random.Next(2) * 3);
        var job = new Places();
        var steps = Steps(random, (second, campaign, cost, user) => model.Add(second, campaign, cost, user), job);
        await using var bench = new StreamTestBench(() => new Windowed(job, k => k.Session(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(model.Lateness))), new StreamTestSettings { Workers = random.Next(1, 3) });
        var result = await bench.RunAsync(steps);
        Assert.Equal(model.Rows(onlyFinal: false), Shown(job.Newest));
        Assert.Equal(model.Rows(onlyFinal: false), result.Tables["newest"]);
        Assert.Equal(model.Rows(onlyFinal: false), result.Tables["whole"]);
        Assert.Equal(model.Rows(onlyFinal: true), Shown(job.Final));
    });

    [Fact]
    public Task Given_rows_of_a_stream_and_kills_When_kept_by_key_Then_the_last_row_of_each_key_is_there_and_gone_ones_are_not() => Seeds.ForAll(4, 200, async seed =>
    {
        var random = new Random(seed);
        var newest = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var steps = new List<StreamStep>();
        for (var i = 1; i <= 200; i++)
        {
            var campaign = $"campaign with a long name {random.Next(12):D2}";
            var cost = random.Next(4) == 0 ? 0 : i;
            steps.Add(Clicks.At(i * 0.1, campaign, $"{cost}", partition: campaign[^1] % 2));
            if (cost == 0) newest.Remove(campaign);
            else newest[campaign] = cost;
            if (random.Next(12) == 0) steps.Add(Interruption(random));
        }

        var (sink, log) = (new MemorySink("prices"), new MemorySink("log"));
        await using var bench = new StreamTestBench(() => new Prices(sink, log), new StreamTestSettings { Workers = 2, Partitions = 2 });
        var result = await bench.RunAsync(steps);
        var expected = newest.Select(n => $"{n.Key}|{n.Value}").ToList();
        Assert.Equal(expected, Shown(sink));
        Assert.Equal(expected, result.Tables["prices"]);
        Assert.Equal(200, log.Rows.Length);
    });

    [Fact]
    public async Task Given_totals_without_windows_When_killed_before_there_is_a_watermark_Then_the_sink_by_key_has_them_nevertheless()
    {
        var sink = new MemorySink("totals");
        await using var bench = new StreamTestBench(() => new Totals(sink), new StreamTestSettings { Partitions = 2 });
        await bench.RunAsync([Clicks.At(1, "a"), Clicks.At(2, "a"), Clicks.At(3, "b"), new StreamStep.KillAt(CheckpointStep.Committed)]);
        Assert.Equal(["a|2", "b|1"], Shown(sink));
    }

    [Fact]
    public async Task Given_a_key_that_is_no_member_When_defined_Then_LEAT2101_names_the_columns()
    {
        await using var bench = new StreamTestBench(() => new WrongKey());
        var error = await Assert.ThrowsAsync<LeatException>(() => bench.PlayAsync([]));
        Assert.Equal("LEAT2101", error.Code);
        Assert.Contains("(campaign VARCHAR", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_two_sinks_of_one_place_When_defined_Then_LEAT2105_names_it()
    {
        await using var bench = new StreamTestBench(() => new Twice());
        var error = await Assert.ThrowsAsync<LeatException>(() => bench.PlayAsync([]));
        Assert.Equal("LEAT2105", error.Code);
        Assert.Contains("'lake table same'", error.What, StringComparison.Ordinal);
    }

    internal static List<string> Shown(MemorySink sink) => [.. sink.Rows.Select(r => string.Join('|', r.Select(KeyLeaf.Show))).Order(StringComparer.Ordinal)];

    internal static StreamStep Interruption(Random random) => random.Next(4) switch
    {
        0 => new StreamStep.Checkpoint(),
        1 => new StreamStep.Kill(),
        2 => new StreamStep.Process(),
        _ => new StreamStep.KillAt((CheckpointStep)random.Next(6)),
    };

    private static List<StreamStep> Steps(Random random, Action<double, string, long, string> add, Places places)
    {
        var steps = new List<StreamStep>();
        for (var i = 0; i < 150; i++)
        {
            var second = Math.Round((i * 0.4) + (random.NextDouble() * 4.9), 3);
            var (campaign, cost, user) = ($"campaign with a long name {random.Next(4)}", random.Next(100), $"user {random.Next(5)}");
            steps.Add(Clicks.At(second, campaign, $"{cost}", user));
            add(second, campaign, cost, user);
            if (random.Next(12) == 0) steps.Add(Interruption(random));
            if (random.Next(12) == 0) steps.Add(new StreamStep.Pass(TimeSpan.FromMilliseconds(random.Next(3000))));
        }

        places.LoseAnswers(random.Next(3));
        return steps;
    }

    private sealed class Places
    {
        public MemorySink Newest { get; } = new("newest");

        public MemorySink Final { get; } = new("final");

        public MemorySink Whole { get; } = new("whole");

        public void LoseAnswers(int commits)
        {
            foreach (var sink in (MemorySink[])[Newest, Final, Whole]) sink.LoseAnswers(commits);
        }
    }

    private sealed class Windowed(Places places, Func<KeyedStream<Text, ClickEvent>, WindowedStream<Text, ClickEvent>> window) : StreamJob
    {
        protected override void Define(JobBuilder job) => window(job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign))
            .Aggregate(a => a.Count("clicks").Sum("cost", e => (long)e.Cost).Distinct("users", e => e.User))
            .To(places.Newest)
            .To(places.Final, SinkMode.Append)
            .To(places.Whole, SinkMode.Complete, keep: TimeSpan.FromHours(1))
            .ToLake("newest", SinkMode.Upsert)
            .ToLake("whole", SinkMode.Complete);
    }

    private sealed class Prices(MemorySink sink, MemorySink log) : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var prices = job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).Select(e => new Price(e.Campaign, (long)e.Cost));
            prices.To(sink, p => p.Campaign, p => p.Value == 0).To(log);
            prices.ToLake("prices", p => p.Campaign, p => p.Value == 0);
        }
    }

    private sealed class Totals(MemorySink sink) : StreamJob
    {
        protected override void Define(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign).Global().Count().To(sink);
    }

    private sealed class WrongKey : StreamJob
    {
        protected override void Define(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).To(new MemorySink("wrong"), e => e.At.Date);
    }

    private sealed class Twice : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var clicks = job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5));
            clicks.ToLake("same");
            clicks.ToLake("same", e => e.Campaign);
        }
    }

    private readonly record struct Price(Text Campaign, long Value);
}
