using System.Globalization;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Overlapping windows beside a model that puts each event into each of its windows.</summary>
public sealed class HoppingTests
{
    private static readonly (double Size, double Slide)[] Shapes = [(10, 5), (10, 3), (12, 4), (7, 7), (20, 1), (9, 6), (0.5, 0.2)];

    [Fact]
    public Task Given_random_disorder_duplicates_late_events_and_kills_When_run_Then_view_table_and_late_topic_equal_the_model() => Seeds.ForAll(12, 200, async seed =>
    {
        var random = new Random(seed);
        var (size, slide) = Shapes[random.Next(Shapes.Length)];
        var model = new HoppingModel(size, slide, lateness: random.Next(3) * 2);
        var steps = new List<StreamStep>();
        for (var i = 0; i < 150; i++)
        {
            var second = Math.Round((i * 0.3) + (random.NextDouble() * 5) - (random.Next(8) == 0 ? 15 : 0), 3);
            var (campaign, user, cost) = ($"campaign {random.Next(4)}", $"u{random.Next(6)}", random.Next(100));
            for (var times = random.Next(10) == 0 ? 2 : 1; times > 0; times--)
            {
                steps.Add(Clicks.At(second, campaign, $"{cost}", user));
                model.Add(second, campaign, cost, user);
            }

            if (random.Next(30) == 0) steps.Add(random.Next(3) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
            if (random.Next(40) == 0)
            {
                steps.Add(Clicks.Watermark(Math.Ceiling(second)));
                model.Promise(Math.Ceiling(second));
            }
        }

        await using var bench = new StreamTestBench(() => new HoppingClicks(TimeSpan.FromSeconds(size), TimeSpan.FromSeconds(slide), TimeSpan.FromSeconds(model.Lateness)), new StreamTestSettings { Partitions = 1 });
        var result = await bench.RunAsync(steps);
        Same(model.Rows(onlyFinal: false), result.Views["hops"]);
        Same(model.Rows(onlyFinal: false), result.Fresh["hops"]);
        Same(model.Rows(onlyFinal: true), result.Tables.GetValueOrDefault("hops", []));
        Assert.Equal(model.Late, result.Status.LateEvents);
    });

    [Fact]
    public Task Given_several_partitions_and_workers_When_run_with_kills_Then_all_outputs_equal_the_model() => Seeds.ForAll(3, 60, async seed =>
    {
        var random = new Random(seed);
        var (size, slide) = Shapes[random.Next(Shapes.Length)];
        var model = new HoppingModel(size, slide, lateness: 0);
        var steps = new List<StreamStep>();
        for (var i = 0; i < 300; i++)
        {
            var second = Math.Round((i * 0.25) + (random.NextDouble() * 4.9), 3);
            var (campaign, user, cost) = ($"campaign {random.Next(4)}", $"u{random.Next(6)}", random.Next(100));
            steps.Add(Clicks.At(second, campaign, $"{cost}", user, random.Next(4)));
            model.Add(second, campaign, cost, user);
            if (random.Next(40) == 0) steps.Add(random.Next(2) == 0 ? new StreamStep.Checkpoint() : new StreamStep.KillAt((CheckpointStep)random.Next(5)));
        }

        steps.Add(Clicks.Watermark(1000));
        foreach (var workers in new[] { 1, 2, 4 })
        {
            await using var bench = new StreamTestBench(() => new HoppingClicks(TimeSpan.FromSeconds(size), TimeSpan.FromSeconds(slide), TimeSpan.Zero), new StreamTestSettings { Workers = workers, Partitions = 4 });
            var result = await bench.RunAsync(steps);
            Assert.Equal(0, result.Status.LateEvents);
            Same(model.Rows(onlyFinal: false), result.Views["hops"]);
            Same(model.Rows(onlyFinal: false), result.Tables["hops"]);
        }
    });

    [Fact]
    public async Task Given_a_job_restarted_with_another_number_of_workers_When_it_goes_on_Then_nothing_is_lost()
    {
        var workers = 1;
        await using var bench = new StreamTestBench(() => new HoppingClicks(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.Zero), new StreamTestSettings { Partitions = 4, Configure = o => o.Workers = workers });
        await bench.RunAsync([Clicks.At(3, "a", partition: 0), Clicks.At(4, "b", partition: 1)]);
        workers = 4;
        var result = await bench.RunAsync([new StreamStep.Kill(), Clicks.At(6, "a", partition: 2), Clicks.Watermark(100)]);
        Assert.Equal(["a|-5..5|1", "a|0..10|2", "a|5..15|1", "b|-5..5|1", "b|0..10|1"], result.Tables["hops"].Select(Short).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(10, 0)]
    [InlineData(10_000, 1)]
    [InlineData(1, 0.0015)]
    public void Given_a_shape_that_cannot_be_When_defined_Then_it_is_refused(double size, double slide) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamTestBench(() => new HoppingClicks(TimeSpan.FromSeconds(size), TimeSpan.FromSeconds(slide), TimeSpan.Zero)).RunAsync([Clicks.At(1, "a")]).GetAwaiter().GetResult());

    private static void Same(List<string> expected, IReadOnlyCollection<string> actual) =>
        Assert.True(actual.Order(StringComparer.Ordinal).SequenceEqual(expected), $"missing: {string.Join(" ", expected.Except(actual))}; too many: {string.Join(" ", actual.Except(expected))}");

    private static string Short(string row)
    {
        var values = row.Split('|');
        return $"{values[0]}|{Second(values[1])}..{Second(values[2])}|{values[3]}";
    }

    private static double Second(string time) => (DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) - Clicks.Zero).TotalSeconds;
}
