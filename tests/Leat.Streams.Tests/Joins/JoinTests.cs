using System.Globalization;
using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.Joins;

/// <summary>Joins of two streams beside a model that looks at all pairs.</summary>
public sealed class JoinTests
{
    private static readonly JoinKind[] Kinds = Enum.GetValues<JoinKind>();

    [Fact]
    public Task Given_random_disorder_late_rows_and_kills_When_joined_within_an_interval_Then_pairs_and_lonely_rows_equal_the_model() => Seeds.ForAll(12, 200, seed =>
    {
        var random = new Random(seed);
        var (lower, kind) = (random.Next(-8, 6), Kinds[seed % 4]);
        var upper = lower + random.Next(8);
        return CheckAsync((seed, random), new JoinModel(time => time + 1), m => m.Interval(lower * 1000, upper * 1000, kind),
            s => s.IntervalJoin(TimeSpan.FromSeconds(lower), TimeSpan.FromSeconds(upper), kind, JoinJob.Of));
    });

    [Fact]
    public Task Given_random_disorder_late_rows_and_kills_When_joined_by_window_Then_pairs_and_lonely_rows_equal_the_model() => Seeds.ForAll(12, 200, seed =>
    {
        var (random, kind, size) = (new Random(seed), Kinds[seed % 4], 1 + (seed % 7));
        return CheckAsync((seed, random), new JoinModel(time => ((time / (size * 1000)) + 1) * size * 1000), m => m.Window(size * 1000, kind),
            s => s.WindowJoin(TimeSpan.FromSeconds(size), kind, JoinJob.Of));
    });

    [Fact]
    public Task Given_random_disorder_late_rows_and_kills_When_joined_with_versions_Then_each_row_has_the_version_of_its_time() => Seeds.ForAll(12, 200, seed =>
    {
        var kind = seed % 2 == 0 ? JoinKind.Inner : JoinKind.Left;
        return CheckAsync((seed, new Random(seed)), new JoinModel(time => time + 1), m => m.Temporal(kind),
            s => kind == JoinKind.Inner ? s.TemporalJoin(JoinJob.Of) : s.TemporalLeftJoin((left, right) => JoinJob.Of(new Side<ClickEvent>(left), right)), withTime: false);
    });

    [Fact]
    public Task Given_random_disorder_and_kills_When_joined_without_bounds_Then_all_pairs_come_out() => Seeds.ForAll(6, 100, seed =>
        CheckAsync((seed, new Random(seed)), new JoinModel(_ => long.MaxValue), m => m.All(), s => s.Join(JoinJob.Of), isLateAllowed: false));

    [Fact]
    public async Task Given_inner_forms_When_used_Then_they_give_the_matching_pairs_only()
    {
        var steps = new[] { Clicks.At(1, "a", user: "L1"), Clicks.At(2, "a", user: "R1"), Clicks.At(3, "b", user: "L2"), Clicks.Watermark(100) };
        foreach (var join in new Func<JoinedStreams<Text, ClickEvent, ClickEvent>, Stream<Pair>>[] { s => s.IntervalJoin(TimeSpan.Zero, TimeSpan.FromSeconds(1), JoinJob.Of), s => s.WindowJoin(TimeSpan.FromSeconds(10), JoinJob.Of) })
        {
            await using var bench = new StreamTestBench(() => new JoinJob(join));
            Assert.StartsWith("a|L1|R1|", Assert.Single((await bench.RunAsync(steps)).Tables["pairs"]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public Task Given_several_partitions_and_1_2_and_4_workers_When_joined_with_kills_Then_outputs_equal_the_model() => Seeds.ForAll(3, 60, async seed =>
    {
        var random = new Random(seed);
        var kind = Kinds[seed % 4];
        var model = new JoinModel(_ => long.MaxValue);
        var steps = Steps(random, model, late: false, partitions: 4);
        foreach (var workers in new[] { 1, 2, 4 })
        {
            await using var bench = new StreamTestBench(() => new JoinJob(s => s.IntervalJoin(TimeSpan.FromSeconds(-3), TimeSpan.FromSeconds(2), kind, JoinJob.Of)), new StreamTestSettings { Workers = workers, Partitions = 4 });
            Same(model.Interval(-3000, 2000, kind), (await bench.RunAsync(steps)).Tables.GetValueOrDefault("pairs", []));
        }
    });

    private static async Task CheckAsync((int Seed, Random Random) by, JoinModel model, Func<JoinModel, List<string>> expected, Func<JoinedStreams<Text, ClickEvent, ClickEvent>, Stream<Pair>> join, bool withTime = true, bool isLateAllowed = true)
    {
        var steps = Steps(by.Random, model, isLateAllowed, partitions: 1);
        await using var bench = new StreamTestBench(() => new JoinJob(join), new StreamTestSettings { Partitions = 1, Workers = 2, Configure = State.TightState.For(by.Seed) });
        var result = await bench.RunAsync(steps);
        Assert.Empty(result.Topics.GetValueOrDefault("clicks.dlq", []).Concat(result.Topics.GetValueOrDefault("join_job.dlq", [])).Select(d => d.Reason));
        var rows = result.Tables.GetValueOrDefault("pairs", []).Select(r => withTime ? r : r[..r.LastIndexOf('|')]);
        Same(expected(model), [.. rows]);
        Assert.Equal(model.Late, result.Status.LateEvents);
        Assert.Equal(rows.Count(), result.Tables.GetValueOrDefault("counts", []).Sum(r => long.Parse(r.Split('|')[^1], CultureInfo.InvariantCulture)));
    }

    private static List<StreamStep> Steps(Random random, JoinModel model, bool late, int partitions)
    {
        var steps = new List<StreamStep>();
        for (var i = 0; i < 150; i++)
        {
            var second = Math.Round((i * 0.4) + (random.NextDouble() * 4.9) - (late && random.Next(8) == 0 ? random.Next(20) : 0) + 100, random.Next(2) * 3);
            var (left, campaign) = (random.Next(2) == 0, $"campaign with a long name {random.Next(4)}");
            var user = $"{(left ? 'L' : 'R')} user with a long name {i}";
            for (var times = random.Next(12) == 0 ? 2 : 1; times > 0; times--)
            {
                steps.Add(Clicks.At(second, campaign, user: $"{user} {times}", partition: random.Next(partitions)));
                model.Add(left, second, campaign, $"{user} {times}");
            }

            if (random.Next(20) == 0) steps.Add(random.Next(4) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), 2 => new StreamStep.Process(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        steps.Add(Clicks.Watermark(1000));
        return steps;
    }

    private static void Same(IEnumerable<string> expected, IEnumerable<string> actual) => Assert.Equal(string.Join('\n', expected), string.Join('\n', actual.Order(StringComparer.Ordinal)));
}
