using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.Frames;

/// <summary>Aggregates over the rows before each row, beside a model that looks for every frame from its start.</summary>
public sealed class OverTests
{
    private static readonly (int? Ms, int? Rows)[] Bounds = [(0, null), (1000, null), (7000, null), (60_000, null), (null, 0), (null, 1), (null, 4), (null, 200), (3000, 2), (20_000, 10)];

    [Fact]
    public Task Given_random_disorder_ties_duplicates_late_rows_and_kills_When_run_Then_rows_and_late_topic_equal_the_model() => Seeds.ForAll(20, 200, async seed =>
    {
        var random = new Random(seed);
        var (ms, rows) = Bounds[seed % Bounds.Length];
        var model = new OverModel(ms, rows);
        var steps = new List<StreamStep>();
        var coarse = random.Next(2) == 0;
        var textLength = seed % 5 == 0 ? 20_000 : 20; // long ones fill the memory of frames, so that they are built anew
        for (var i = 0; i < 150; i++)
        {
            var second = Math.Round((i * 0.3) + (random.NextDouble() * 5) - (random.Next(8) == 0 ? 15 : 0), coarse ? 0 : 3);
            var (campaign, user, cost) = ($"campaign with a long name {random.Next(3)}", new string((char)('a' + random.Next(6)), textLength), random.Next(1000) / (random.Next(3) == 0 ? 100m : 10m));
            for (var times = random.Next(10) == 0 ? 2 : 1; times > 0; times--)
            {
                steps.Add(Clicks.At(second, campaign, FormattableString.Invariant($"{cost}"), user));
                model.Add(second, campaign, cost, user);
            }

            if (random.Next(10) == 0) steps.Add(new StreamStep.Process());
            if (random.Next(30) == 0) steps.Add(random.Next(3) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
            if (random.Next(40) != 0) continue;
            steps.Add(Clicks.Watermark(Math.Ceiling(second)));
            model.Promise(Math.Ceiling(second));
        }

        await using var bench = new StreamTestBench(() => new OverJob(k => Over(k, ms, rows)), new StreamTestSettings { Partitions = 1 });
        var result = await bench.RunAsync(steps);
        Same(model.Results(), result.Tables.GetValueOrDefault("over", []));
        Assert.Equal(model.Late, result.Status.LateEvents);
    });

    [Fact]
    public Task Given_several_partitions_and_workers_When_run_with_kills_Then_frames_by_time_equal_the_model() => Seeds.ForAll(3, 60, async seed =>
    {
        var random = new Random(seed);
        var model = new OverModel(8000, null);
        var steps = new List<StreamStep>();
        for (var i = 0; i < 200; i++)
        {
            var second = Math.Round((i * 0.25) + (random.NextDouble() * 4.9), 1);
            var (campaign, user, cost) = ($"campaign {random.Next(4)}", $"user with a long name {random.Next(6)}", random.Next(100));
            steps.Add(Clicks.At(second, campaign, $"{cost}", user, random.Next(4)));
            model.Add(second, campaign, cost, user);
            if (random.Next(40) == 0) steps.Add(random.Next(2) == 0 ? new StreamStep.Checkpoint() : new StreamStep.KillAt((CheckpointStep)random.Next(5)));
        }

        steps.Add(Clicks.Watermark(1000));
        model.Promise(1000);
        foreach (var workers in new[] { 1, 2, 4 })
        {
            await using var bench = new StreamTestBench(() => new OverJob(k => k.Over(TimeSpan.FromSeconds(8))), new StreamTestSettings { Workers = workers, Partitions = 4 });
            var result = await bench.RunAsync(steps);
            Assert.Equal(0, result.Status.LateEvents);
            Same(model.Results(), result.Tables["over"]);
        }
    });

    [Fact]
    public async Task Given_frames_by_time_When_a_key_falls_silent_Then_nothing_of_it_is_kept()
    {
        await using var bench = new StreamTestBench(() => new OverJob(k => k.Over(TimeSpan.FromSeconds(10))));
        await bench.PlayAsync([.. Enumerable.Range(0, 50).Select(i => Clicks.At(i, $"campaign {i % 5}")), Clicks.Watermark(55), new StreamStep.Checkpoint()]);
        Assert.Equal(5, bench.Description.Operators.Single(o => o.Kind.StartsWith("over", StringComparison.Ordinal)).State!.Keys);
        await bench.RunAsync([Clicks.At(100, "other"), new StreamStep.Checkpoint()]);
        Assert.Equal(1, bench.Description.Operators.Single(o => o.Kind.StartsWith("over", StringComparison.Ordinal)).State!.Keys);
    }

    [Fact]
    public async Task Given_a_selector_that_throws_When_run_Then_the_row_is_a_dead_letter_and_in_no_frame()
    {
        await using var bench = new StreamTestBench(() => new Throwing());
        var result = await bench.RunAsync([Clicks.At(1, "a", "1"), Clicks.At(2, "a", "13"), Clicks.At(3, "a", "2"), Clicks.At(4, "a", "7"), Clicks.Watermark(100)]);
        Assert.Equal<string>(["1.000000|1.000000", "2.000000|3.000000"], [.. result.Tables["sums"]]);
        Assert.Contains("unlucky", Assert.Single(result.Topics["clicks.dlq"]).Reason, StringComparison.Ordinal);
        Assert.Contains("over: InvalidOperationException: seven", Assert.Single(result.Topics["throwing.dlq"]).Reason, StringComparison.Ordinal);
    }

    private static OverStream<Text, ClickEvent> Over(KeyedStream<Text, ClickEvent> stream, int? ms, int? rows) => (ms, rows) switch
    {
        ({ } duration, null) => stream.Over(TimeSpan.FromMilliseconds(duration)),
        (null, { } most) => stream.Over(most),
        _ => stream.Over(TimeSpan.FromMilliseconds(ms!.Value), rows!.Value),
    };

    private static void Same(List<string> expected, IReadOnlyCollection<string> actual) =>
        Assert.True(actual.Order(StringComparer.Ordinal).SequenceEqual(expected), $"missing: {string.Join("\n", expected.Except(actual).Take(3))}; too many: {string.Join("\n", actual.Except(expected).Take(3))}");

    private sealed class Throwing : StreamJob
    {
        protected override void Define(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Over(TimeSpan.FromMinutes(1))
            .Aggregate(
                a => a.Sum("sum", e => e.Cost == 13 ? throw new InvalidOperationException("unlucky") : e.Cost),
                (row, frame) => row.Cost == 7 ? throw new InvalidOperationException("seven") : new Sums(row.Cost, frame.Get<decimal>(0)))
            .ToLake("sums");
    }

    private readonly record struct Sums(decimal Cost, decimal Sum);
}
