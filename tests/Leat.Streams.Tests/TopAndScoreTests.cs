using System.Globalization;
using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>The largest rows of a key, and rows far from the mean of a key, beside plain models.</summary>
public sealed class TopAndScoreTests
{
    [Fact]
    public Task Given_random_rows_and_kills_When_ranked_Then_the_last_row_of_each_rank_is_the_models() => Seeds.ForAll(8, 200, async seed =>
    {
        var random = new Random(seed);
        var count = random.Next(1, 6);
        var (steps, rows) = (new List<StreamStep>(), new List<(string Campaign, int Cost, int Id)>());
        for (var i = 0; i < 200; i++)
        {
            var (campaign, cost) = ($"campaign with a long name {random.Next(4)}", random.Next(30));
            steps.Add(Clicks.At(i, campaign, $"{cost}", $"user with a long name {i}"));
            rows.Add((campaign, cost, i));
            if (random.Next(20) == 0) steps.Add(random.Next(3) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        await using var bench = new StreamTestBench(() => new Ranks(count), new StreamTestSettings { Partitions = 1 });
        var expected = rows.GroupBy(r => r.Campaign).SelectMany(g => g.OrderByDescending(r => r.Cost).ThenBy(r => r.Id).Take(count).Select((r, n) => $"{r.Campaign}|{n + 1}|user with a long name {r.Id}"));
        var last = (await bench.RunAsync(steps)).Tables["ranks"].Select(r => r.Split('|')).GroupBy(r => (r[0], r[1]))
            .Select(g => g.MaxBy(r => int.Parse(r[3], CultureInfo.InvariantCulture))!).Select(r => $"{r[0]}|{r[1]}|{r[2]}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), last.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task Given_random_values_in_disorder_and_kills_When_scored_in_order_Then_scores_equal_the_recomputed_ones() => Seeds.ForAll(8, 200, async seed =>
    {
        var random = new Random(seed);
        var weight = 0.05 + (random.NextDouble() * 0.5);
        var (steps, rows) = (new List<StreamStep>(), new List<(long Time, string Campaign, int Cost)>());
        for (var i = 0; i < 150; i++)
        {
            var (second, campaign, cost) = ((i * 0.5) + (i * 0.001) + Math.Round(random.NextDouble() * 4.4, 0), $"c{random.Next(3)}", random.Next(20) == 0 ? 500 : random.Next(30));
            steps.Add(Clicks.At(second, campaign, $"{cost}"));
            rows.Add(((long)Math.Round(second * 1000), campaign, cost));
            if (random.Next(20) == 0) steps.Add(random.Next(3) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        steps.Add(Clicks.Watermark(1000));
        await using var bench = new StreamTestBench(() => new Scores(weight), new StreamTestSettings { Partitions = 1, Workers = 2 });
        Assert.Equal(Scored(rows, weight).Order(StringComparer.Ordinal), (await bench.RunAsync(steps)).Tables["scores"]);
    });

    /// <summary>Mean and variance by their definition: every value before with its weight.</summary>
    private static IEnumerable<string> Scored(List<(long Time, string Campaign, int Cost)> rows, double weight)
    {
        foreach (var campaign in rows.GroupBy(r => r.Campaign))
        {
            var before = new List<double>();
            foreach (var (time, name, cost) in campaign.OrderBy(r => r.Time))
            {
                var weights = before.Select((_, i) => (i == 0 ? 1 : weight) * Math.Pow(1 - weight, before.Count - 1 - i)).ToList();
                var mean = before.Zip(weights, (v, w) => v * w).Sum();
                var variance = before.Zip(weights, (v, w) => (v - mean) * (v - mean) * w).Sum();
                var score = before.Count < 5 || Math.Abs(cost - mean) < 1e-9 ? 0 : (cost - mean) / Math.Sqrt(variance);
                yield return string.Create(CultureInfo.InvariantCulture, $"{name}|{time}|{score:F6}|{mean:F6}");
                before.Add(cost);
            }
        }
    }

    private sealed class Ranks(int count) : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Top(count, e => e.Cost)
            .KeyBy(r => (r.Key, r.Rank))
            .Process(() => new Numbering())
            .ToLake("ranks");
    }

    private sealed class Numbering : KeyedProcess<(Text, int), Ranked<Text, ClickEvent>, RankRow>
    {
        private readonly ValueState<long> _count;

        public Numbering() => _count = Value<long>("count");

        protected internal override void Process(Ranked<Text, ClickEvent> row) => Emit(new RankRow(row.Key, row.Rank, row.Row.User, ++_count.Value));
    }

    private sealed class Scores(double weight) : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .InOrder()
            .Anomalies(e => (double)e.Cost, least: 0, weight, warmUp: 5)
            .Select(s => new ScoreRow(s.Key, (s.Row.At.Ticks - Clicks.Zero.Ticks) / TimeSpan.TicksPerMillisecond, Show(s.Score), Show(s.Mean)))
            .ToLake("scores");

        private static Text Show(double value) => Text.Literal((Math.Abs(value) < 5e-7 ? 0 : value).ToString("F6", CultureInfo.InvariantCulture));
    }

    private readonly record struct RankRow(Text Campaign, int Rank, Text User, long Number);

    private readonly record struct ScoreRow(Text Campaign, long Time, Text Score, Text Mean);
}
