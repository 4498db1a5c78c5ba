using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Keyed functions: timers, time to live, errors, and what comes after them.</summary>
public sealed class ProcessTests
{
    [Fact]
    public Task Given_windows_written_by_hand_with_a_map_and_timers_When_run_with_kills_and_workers_Then_they_equal_the_model() => Seeds.ForAll(6, 200, async seed =>
    {
        var random = new Random(seed);
        var model = new HoppingModel(10, 10, lateness: 0);
        var steps = new List<StreamStep>();
        for (var i = 0; i < 200; i++)
        {
            var second = Math.Round((i * 0.4) + (random.NextDouble() * 4.9) - (seed % 2 == 0 && random.Next(8) == 0 ? 20 : 0), 3);
            var (campaign, cost) = ($"campaign with a long name {random.Next(5)}", random.Next(100));
            steps.Add(Clicks.At(second, campaign, $"{cost}"));
            model.Add(second, campaign, cost, "u");
            if (random.Next(20) == 0) steps.Add(random.Next(3) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        foreach (var workers in new[] { 1, 4 })
        {
            await using var bench = new StreamTestBench(() => new HandMadeWindows(), new StreamTestSettings { Workers = workers, Partitions = 1, Configure = State.TightState.For(seed) });
            var result = await bench.RunAsync(steps);
            Assert.Equal<string>([.. model.Rows(onlyFinal: true).Select(r => r[..r.LastIndexOf('|')])], [.. result.Tables.GetValueOrDefault("windows", [])]);
            Assert.Equal(model.Late, result.Status.LateEvents);
        }
    });

    [Fact]
    public async Task Given_a_time_to_live_When_a_key_is_not_touched_so_long_Then_it_begins_anew()
    {
        await using var bench = new StreamTestBench(() => new Counting(TimeSpan.FromSeconds(10)));
        var result = await bench.RunAsync([
            Clicks.At(0, "a"), Clicks.At(0, "b"), new StreamStep.Checkpoint(), Clicks.At(8, "a"), new StreamStep.Kill(), Clicks.At(15, "a"),
            Clicks.Watermark(15), new StreamStep.Checkpoint(), Clicks.At(16, "b"), Clicks.At(17, "a"), Clicks.Watermark(40), new StreamStep.Checkpoint(), Clicks.At(41, "a")]);
        Assert.Equal<string>(["a|1", "a|1", "a|2", "a|3", "a|4", "b|1", "b|1"], [.. result.Tables["counts"]]);
    }

    [Fact]
    public async Task Given_timers_of_the_clock_When_time_passes_Then_they_fire_once_also_after_a_kill()
    {
        await using var bench = new StreamTestBench(() => new Reminders());
        await bench.PlayAsync([Clicks.At(0, "a"), new StreamStep.Checkpoint(), new StreamStep.Pass(TimeSpan.FromSeconds(59)), new StreamStep.Checkpoint()]);
        Assert.Empty((await bench.ResultAsync()).Tables.GetValueOrDefault("reminders", []));
        var result = await bench.RunAsync([new StreamStep.Kill(), new StreamStep.Pass(TimeSpan.FromSeconds(2)), new StreamStep.KillAt(CheckpointStep.Recorded), new StreamStep.Checkpoint(), new StreamStep.Pass(TimeSpan.FromSeconds(200)), new StreamStep.Checkpoint()]);
        Assert.Equal("a", Assert.Single(result.Tables["reminders"]));
    }

    [Fact]
    public async Task Given_code_that_throws_for_a_row_and_for_a_timer_When_run_Then_both_are_dead_letters_and_the_job_goes_on()
    {
        await using var bench = new StreamTestBench(() => new Throwing());
        var result = await bench.RunAsync([Clicks.At(1, "bad"), Clicks.At(2, "timer"), Clicks.At(3, "good"), Clicks.Watermark(100)]);
        Assert.Equal<string>(["good", "timer"], [.. result.Tables["passed"]]);
        Assert.Contains("process: InvalidOperationException: bad row", Assert.Single(result.Topics["clicks.dlq"]).Reason, StringComparison.Ordinal);
        var dead = Assert.Single(result.Topics["throwing.dlq"]);
        Assert.Contains("bad timer", dead.Reason, StringComparison.Ordinal);
        Assert.Contains("\"key\":\"timer\"", dead.Value, StringComparison.Ordinal);
    }

    private sealed class HandMadeWindows : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Process(() => new Buckets())
            .ToLake("windows");
    }

    private sealed class Buckets : KeyedProcess<Text, ClickEvent, Bucket>
    {
        private static readonly TimeSpan Size = TimeSpan.FromSeconds(10);
        private readonly MapState<DateTime, (long Count, decimal Cost)> _open;

        public Buckets() => _open = Map<DateTime, (long, decimal)>("open");

        protected internal override void Process(ClickEvent row)
        {
            var start = new DateTime(Time.Ticks - (Time.Ticks % Size.Ticks), DateTimeKind.Utc);
            if (start + Size <= Watermark)
            {
                Late();
                return;
            }

            _open.TryGet(start, out var sum);
            _open[start] = (sum.Count + 1, sum.Cost + row.Cost);
            SetTimer(start + Size);
        }

        protected internal override void OnTimer(DateTime time)
        {
            var (count, cost) = _open[time - Size];
            _open.Remove(time - Size);
            Emit(new Bucket(Key, time - Size, time, count, (long)cost));
        }
    }

    private sealed class Counting(TimeSpan life) : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Process(() => new Counter(), life)
            .ToLake("counts");
    }

    private sealed class Counter : KeyedProcess<Text, ClickEvent, Count>
    {
        private readonly ValueState<long> _count;

        public Counter() => _count = Value<long>("count");

        protected internal override void Process(ClickEvent row) => Emit(new Count(Key, ++_count.Value));
    }

    private sealed class Reminders : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Process(() => new Reminder())
            .ToLake("reminders");
    }

    private sealed class Reminder : KeyedProcess<Text, ClickEvent, Name>
    {
        protected internal override void Process(ClickEvent row) => SetProcessingTimer(ProcessingTime + TimeSpan.FromMinutes(1));

        protected internal override void OnProcessingTimer(DateTime time) => Emit(new Name(Key));
    }

    private sealed class Throwing : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(e => e.Campaign)
            .Process(() => new Thrower())
            .ToLake("passed");
    }

    private sealed class Thrower : KeyedProcess<Text, ClickEvent, Name>
    {
        protected internal override void Process(ClickEvent row)
        {
            if (Key == Text.Literal("bad")) throw new InvalidOperationException("bad row");
            Emit(new Name(Key));
            if (Key == Text.Literal("timer")) SetTimer(Time + TimeSpan.FromSeconds(1));
        }

        protected internal override void OnTimer(DateTime time) => throw new InvalidOperationException("bad timer");
    }

    private readonly record struct Bucket(Text Campaign, DateTime WindowStart, DateTime WindowEnd, long Count, long Cost);

    private readonly record struct Count(Text Campaign, long N);

    private readonly record struct Name(Text Campaign);
}
