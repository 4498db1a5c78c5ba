using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

public sealed class ParallelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Given_random_disorder_and_duplicates_When_run_with_1_2_and_4_workers_and_kills_Then_all_outputs_equal_the_naive_model(int seed)
    {
        var (steps, model) = Make(seed);
        foreach (var workers in new[] { 1, 2, 4 })
        {
            await using var bench = new StreamTestBench(() => new CampaignClicks(TimeSpan.Zero), new StreamTestSettings { Workers = workers, Partitions = 4 });
            var result = await bench.RunAsync(steps);
            Assert.True(result.Status.LateEvents == 0, $"seed {seed}, {workers} workers: {result.Status.LateEvents} late");
            Assert.Equal(model, result.Views["campaign_clicks"].Select(WithoutZeros).Order(StringComparer.Ordinal).ToArray());
            Assert.Equal(model, result.Tables["campaign_clicks_10s"].Select(WithoutZeros).Order(StringComparer.Ordinal).ToArray());
        }
    }

    /// <summary>Events within the allowed disorder of their partition, some twice, with checkpoints and kills between, and what a dictionary makes of them.</summary>
    private static (List<StreamStep> Steps, string[] Model) Make(int seed)
    {
        var random = new Random(seed);
        var steps = new List<StreamStep>();
        var groups = new Dictionary<(string, long), (long Count, decimal Cost, HashSet<string> Users)>();
        for (var i = 0; i < 400; i++)
        {
            var second = (i * 0.25) + (random.NextDouble() * 4.9);
            var (campaign, user, cost) = ($"campaign number {random.Next(7)}", $"user-{random.Next(12)}-with-a-long-name", Math.Round((decimal)random.NextDouble() * 10, random.Next(7)));
            for (var times = random.Next(10) == 0 ? 2 : 1; times > 0; times--)
            {
                steps.Add(Clicks.At(second, campaign, cost.ToString(System.Globalization.CultureInfo.InvariantCulture), user, random.Next(4)));
                var key = (campaign, DateTime.Parse(Time(second), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal).Ticks / 100_000_000 * 100_000_000);
                var (count, sum, users) = groups.GetValueOrDefault(key, (0, 0, []));
                users.Add(user);
                groups[key] = (count + 1, sum + cost, users);
            }

            if (random.Next(40) == 0) steps.Add(random.Next(3) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        steps.Add(Clicks.Watermark(1000));
        var rows = groups.Select(g => $"{g.Key.Item1}|{At(g.Key.Item2)}|{At(g.Key.Item2 + 100_000_000)}|{g.Value.Count}|{g.Value.Cost.ToString(System.Globalization.CultureInfo.InvariantCulture)}|{g.Value.Users.Count}");
        return (steps, [.. rows.Select(WithoutZeros).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The row with its cost in the shortest form: a table keeps six digits after the point, a view those that came.</summary>
    private static string WithoutZeros(string row)
    {
        var values = row.Split('|');
        values[4] = (decimal.Parse(values[4], System.Globalization.CultureInfo.InvariantCulture) / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return string.Join('|', values);
    }

    private static string Time(double second) => Clicks.Zero.AddMilliseconds(Math.Round(second * 1000)).ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string At(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
