using System.Globalization;
using System.Text;
using System.Text.Json;
using Leat.Streams.Kernels;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Sketches that estimate, through disorder, kills and any number of workers, beside exact answers.</summary>
public sealed class CoarseTests
{
    private static readonly WindowKind[] Kinds = [new("tumbling", 60, 60), new("hopping", 60, 20), new("session", 2, 2)];

    [Fact]
    public Task Given_more_than_sketches_hold_When_run_with_1_2_and_4_workers_and_kills_Then_estimates_are_within_their_bounds() => Seeds.ForAll(6, 200, async seed =>
    {
        var random = new Random(seed);
        var kind = Kinds[seed % Kinds.Length];
        var (steps, clicks) = (new List<StreamStep>(), new List<Click>());
        for (var i = 0; i < 800; i++)
        {
            var second = Math.Round((i * 0.1) + (random.NextDouble() * 4.9) + (i > 400 ? 20 : 0), 3);
            clicks.Add(new Click((long)Math.Round(second * 1000), $"campaign {random.Next(2)}", random.Next(10_000), $"a user with a long name, number {(int)Math.Pow(200, random.NextDouble() * random.NextDouble())}"));
            steps.Add(Clicks.At(second, clicks[^1].Campaign, $"{clicks[^1].Cost}", clicks[^1].User, random.Next(4)));
            if (random.Next(60) == 0) steps.Add(random.Next(4) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), 2 => new StreamStep.Process(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        if (seed % 2 == 0) steps.Add(Clicks.Watermark(1000));
        var windows = clicks.GroupBy(c => c.Campaign).SelectMany(g => kind.Windows(g).Select(w => (Key: $"{g.Key}|{At(w.Start)}", w.Clicks))).ToDictionary(w => w.Key, w => w.Clicks, StringComparer.Ordinal);
        foreach (var workers in new[] { 1, 2, 4 })
        {
            await using var bench = new StreamTestBench(() => new CoarseClicks(kind), new StreamTestSettings { Workers = workers, Partitions = 4 });
            var result = await bench.RunAsync(steps);
            Assert.Equal(windows.Count, result.Views["coarse"].Length);
            foreach (var row in result.Fresh["coarse"].Concat(result.Views["coarse"]).Concat(result.Tables.GetValueOrDefault("coarse", []))) Check(row.Split('|'), windows);
        }
    });

    private static void Check(string[] row, Dictionary<string, List<Click>> windows)
    {
        var clicks = windows[$"{row[0]}|{row[1]}"];
        Assert.Equal(clicks.Count, int.Parse(row[3], CultureInfo.InvariantCulture));
        var users = new HyperLogLog(CoarseClicks.Precision);
        foreach (var click in clicks) users.Add(XxHash64.Of(Encoding.UTF8.GetBytes(click.User)));
        Assert.Equal((long)Math.Round(users.Estimate()), long.Parse(row[4], CultureInfo.InvariantCulture));
        CheckOften(row[5], clicks);
        CheckQuantiles(row[6..], [.. clicks.Select(c => c.Cost).Order()]);
    }

    private static void CheckOften(string json, List<Click> clicks)
    {
        var exact = clicks.CountBy(c => c.User).ToDictionary(StringComparer.Ordinal);
        var found = JsonDocument.Parse(json).RootElement.EnumerateArray().Select(e => (User: e.GetProperty("value").GetString()!, Count: e.GetProperty("count").GetInt64(), Error: e.GetProperty("error").GetInt64())).ToList();
        foreach (var (user, count, error) in found)
        {
            Assert.InRange(error, 0, clicks.Count / (CoarseClicks.Counters + 1));
            Assert.InRange(exact[user], count, count + error);
        }

        var error0 = found.Count > 0 ? found[0].Error : clicks.Count / (CoarseClicks.Counters + 1);
        if (exact.Count <= 2 * CoarseClicks.Counters) Assert.Equal(0, error0);
        foreach (var (user, _) in exact.Where(e => e.Value > clicks.Count / (CoarseClicks.Counters + 1))) Assert.Contains(user, found.Select(f => f.User));
    }

    private static void CheckQuantiles(string[] found, int[] ordered)
    {
        double[] shares = [0.1, 0.5, 0.99];
        for (var i = 0; i < shares.Length; i++)
        {
            var value = double.Parse(found[i], CultureInfo.InvariantCulture);
            var bound = (2 * Math.PI / CoarseClicks.Compression * ordered.Length * Math.Sqrt(shares[i] * (1 - shares[i]))) + (Math.Pow(Math.PI / CoarseClicks.Compression, 2) * ordered.Length) + 1;
            if (ordered.Length <= CoarseClicks.Compression) bound = 0.001;
            var rank = shares[i] * (ordered.Length - 1);
            Assert.InRange(rank, ordered.Count(v => v < value) - 1 - bound, ordered.Count(v => v <= value) + bound);
        }
    }

    private static string At(long ms) => Leat.Streams.Keys.KeyLeaf.Show(Clicks.Zero.AddMilliseconds(ms));
}
