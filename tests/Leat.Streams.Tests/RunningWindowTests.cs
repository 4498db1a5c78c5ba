using System.Globalization;
using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Overlapping windows made by taking slices away beside the same windows combined from all their slices.</summary>
public sealed class RunningWindowTests
{
    private static readonly (double Size, double Slide)[] Shapes = [(10, 3), (12, 4), (20, 1), (9, 2), (0.5, 0.1)];

    [Fact]
    public Task Given_decimals_of_all_scales_late_rows_gaps_and_kills_When_slices_are_taken_away_Then_results_are_those_of_combining() => Seeds.ForAll(12, 200, async seed =>
    {
        var random = new Random(seed);
        var (size, slide) = Shapes[random.Next(Shapes.Length)];
        var lateness = random.Next(3) * 2;
        var steps = new List<StreamStep>();
        var second = 0.0;
        for (var i = 0; i < 200; i++)
        {
            second += random.Next(40) == 0 ? 50 : 0.3 * random.NextDouble();
            var at = Math.Round(second + (random.NextDouble() * 5) - (random.Next(8) == 0 ? 15 : 0), 3);
            var cost = (random.Next(2000) - 1000) / new[] { 1m, 10m, 100m, 1000m }[random.Next(4)];
            steps.Add(Clicks.At(at, $"campaign with a long name {random.Next(6)}", cost.ToString(CultureInfo.InvariantCulture), $"user with a long name {random.Next(9)}", random.Next(2)));
            if (random.Next(10) == 0) steps.Add(new StreamStep.Process());
            if (random.Next(30) == 0) steps.Add(random.Next(3) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        foreach (var workers in new[] { 1, 2 })
        {
            await using var bench = new StreamTestBench(() => new BothWays(TimeSpan.FromSeconds(size), TimeSpan.FromSeconds(slide), TimeSpan.FromSeconds(lateness)), new StreamTestSettings { Partitions = 2, Workers = workers });
            var result = await bench.RunAsync(steps);
            Assert.NotEmpty(result.Tables["running"]);
            Same(result.Tables["combined"], result.Tables["running"]);
            Same(result.Views["combined_view"].Select(r => r[..r.LastIndexOf('|')]), result.Views["running_view"]);
        }
    });

    private static void Same(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.True(actual.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)), $"missing:\n{string.Join("\n", expected.Except(actual).Take(5))}\ntoo many:\n{string.Join("\n", actual.Except(expected).Take(5))}");

    private sealed class BothWays(TimeSpan size, TimeSpan slide, TimeSpan lateness) : StreamJob
    {
        protected override void Define(JobBuilder job)
        {
            var clicks = job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign).Hopping(size, slide, lateness);
            clicks.Aggregate(Running).ToView("running_view", TimeSpan.FromHours(1)).Select(Show).ToLake("running");
            clicks.Aggregate(a => Running(a).Min("least", e => e.Cost)).ToView("combined_view", TimeSpan.FromHours(1)).Select(Show).ToLake("combined");
        }

        private static Aggregates<ClickEvent> Running(Aggregates<ClickEvent> a) => a
            .Count("n").Sum("cost", e => e.Cost).Avg("mean", e => e.Cost).Sum("whole", e => (long)e.Cost).Avg("whole_mean", e => (long)e.Cost).Sum("some", e => e.Cost > 0 ? e.Cost : (decimal?)null)
            .Distinct("users", e => e.User).Where(e => e.Cost > 50, dear => dear.Count("dear").Distinct("dear_users", e => e.User));

        private static Result Show(WindowedRow<Text> w) => new(string.Join('|', w.Key, w.Start.ToString("O", CultureInfo.InvariantCulture), w.Get<long>(0), Number(w.Get<decimal>(1)), Number(w.Get<decimal>(2)),
            w.Get<long>(3), w.Get<double>(4).ToString("R", CultureInfo.InvariantCulture), w.Get<decimal?>(5)?.ToString(CultureInfo.InvariantCulture), w.Get<long>(6), w.Get<long>(7), w.Get<long>(8)));

        private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);
    }

    private readonly record struct Result(string Text);
}
