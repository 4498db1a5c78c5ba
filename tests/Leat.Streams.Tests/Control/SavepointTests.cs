using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Stopping, saving, starting and resetting jobs, through ends of the process and with other numbers of workers.</summary>
public sealed class SavepointTests
{
    [Fact]
    public Task Given_random_events_When_stopped_saved_and_started_from_there_with_other_workers_Then_outputs_are_those_of_an_uninterrupted_run() => Seeds.ForAll(4, 100, async seed =>
    {
        var random = new Random(seed);
        var clicks = new Dictionary<(string, long), (int Count, long Cost)>();
        await using var bench = new ControlBench();
        await bench.BeginAsync(Defined, o => o.Workers = random.Next(1, 5));
        for (var i = 0; i < 120; i++)
        {
            var (second, campaign, cost) = (Math.Round((i * 0.5) + (random.NextDouble() * 4.9), 3), $"campaign {random.Next(4)}", random.Next(50));
            var key = (campaign, (long)Math.Floor(second / 10) * 10);
            clicks[key] = (clicks.GetValueOrDefault(key).Count + 1, clicks.GetValueOrDefault(key).Cost + cost);
            await bench.SendAsync(Clicks.At(second, campaign, $"{cost}", partition: random.Next(4)));
            if (random.Next(30) == 0) await bench.DrainAsync();
            if (random.Next(30) != 0) continue;
            var early = random.Next(2) == 0 ? await SaveAsync(bench) : null;
            await bench.Control.StopAsync(ControlBench.Job, default);
            var savepoint = early is not null && bench.Status.CheckpointId == early.CheckpointId ? early : await SaveAsync(bench);
            if (random.Next(2) == 0) await bench.BeginAsync(Defined, o => o.Workers = random.Next(1, 5));
            if (savepoint is null) await bench.Control.StartAsync(ControlBench.Job, new StreamStart(), default);
            else await bench.Control.StartAsync(ControlBench.Job, new StreamStart(savepoint.Path), default);
        }

        await bench.SendAsync(Clicks.Watermark(1000));
        await bench.DrainAsync();
        var expected = clicks.Select(c => $"{c.Key.Item1}|{c.Key.Item2}|{c.Value.Count}|{c.Value.Cost}").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, bench.View("counts"));
        Assert.Equal(expected, bench.Table("counts"));
        Assert.Equal(0, bench.Status.LateEvents);
    });

    [Fact]
    public async Task Given_a_stopped_job_When_the_process_begins_again_Then_it_waits_for_a_start()
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(Defined);
        await bench.SendAsync(Clicks.At(1, "a", "5"));
        await bench.DrainAsync();
        var stopped = await bench.Control.StopAsync(ControlBench.Job, default);
        Assert.Equal(("stopped", "stopped on request; 'leat stream start clicks_job' starts it"), (stopped.State, stopped.Error));
        await bench.BeginAsync(Defined);
        Assert.Equal("stopped", bench.Status.State);
        await bench.DrainAsync();
        await bench.BeginAsync(Defined, start: false);
        Assert.Equal("stopped", (await bench.Control.StartAsync(ControlBench.Job, new StreamStart(), default)).State);
        await bench.BeginAsync(Defined);
        Assert.Equal(("running", null), (bench.Status.State, bench.Status.Error));
        Assert.Equal(["a|0|1|5"], bench.View("counts"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Given_a_savepoint_of_a_running_job_When_started_from_it_later_Then_state_is_as_then_and_later_results_are_written_again(bool reset)
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(Defined);
        await bench.SendAsync(Clicks.At(1, "a", "5"), Clicks.Watermark(20));
        await bench.DrainAsync();
        var savepoint = await bench.Control.SaveAsync(ControlBench.Job, Path.Combine(bench.Folder, "here"), default);
        await bench.SendAsync(Clicks.At(25, "a", "7"), Clicks.Watermark(50));
        await bench.DrainAsync();
        foreach (var second in new[] { 60, 70, 80 })
        {
            await bench.SendAsync(Clicks.At(second, "b"), Clicks.Watermark(second + 10));
            await bench.DrainAsync();
        }

        string[] later = ["a|20|1|7", "b|60|1|1", "b|70|1|1", "b|80|1|1"];
        Assert.Equal(["a|0|1|5", .. later], bench.Table("counts"));
        await bench.Control.StopAsync(ControlBench.Job, default);
        if (reset) await bench.Control.ResetAsync(ControlBench.Job, default); // the epochs of the new life begin below those that the table has seen
        Assert.Equal("running", (await bench.Control.StartAsync(ControlBench.Job, new StreamStart(savepoint.Path), default)).State);
        await bench.DrainAsync();
        Assert.Equal(["a|0|1|5", .. later], bench.View("counts"));
        Assert.Equal(["a|0|1|5", .. later.Concat(later).Order(StringComparer.Ordinal)], bench.Table("counts"));
    }

    [Fact]
    public async Task Given_a_job_with_state_When_reset_Then_it_begins_a_new_life_at_the_start_of_its_topics_and_sinks_keep_what_they_have()
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(Defined);
        await bench.SendAsync(Clicks.At(1, "a", "5"), Clicks.Watermark(20));
        await bench.DrainAsync();
        var life = bench.Store.LoadNewest(out _)!;
        var reset = await bench.Control.ResetAsync(ControlBench.Job, default);
        Assert.Equal((life.Epoch, "counts", "running"), (reset.DroppedCheckpoint, Assert.Single(reset.Tables), reset.State));
        await bench.DrainAsync();
        Assert.NotEqual(life.Incarnation, bench.Store.LoadNewest(out _)!.Incarnation);
        Assert.Equal(["a|0|1|5"], bench.View("counts"));
        Assert.Equal(["a|0|1|5", "a|0|1|5"], bench.Table("counts"));
        await bench.Control.StopAsync(ControlBench.Job, default);
        Assert.Equal("stopped", (await bench.Control.ResetAsync(ControlBench.Job, default)).State);
        Assert.Null(bench.Store.LoadNewest(out _));
    }

    [Fact]
    public async Task Given_what_cannot_be_done_When_asked_Then_it_is_refused_with_reason_and_nothing_changes()
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(Defined, start: false);
        await RefusedAsync("LEAT2137", "no checkpoint yet", () => bench.Control.SaveAsync(ControlBench.Job, null, default));
        await bench.BeginAsync(Defined);
        await bench.SendAsync(Clicks.At(1, "a", "5"));
        await bench.DrainAsync();
        await RefusedAsync("LEAT2143", "clicks_job", () => bench.Control.StopAsync("click_job", default));
        await RefusedAsync("LEAT2144", "running", () => bench.Control.StartAsync(ControlBench.Job, new StreamStart(), default));
        await File.WriteAllTextAsync(Path.Combine(bench.Folder, "file"), "");
        await RefusedAsync("LEAT2139", "file", () => bench.Control.SaveAsync(ControlBench.Job, Path.Combine(bench.Folder, "file", "below"), default));
        await RefusedAsync("LEAT2136", "not empty", () => bench.Control.SaveAsync(ControlBench.Job, bench.CheckpointFolder, default));
        var savepoint = await bench.Control.SaveAsync(ControlBench.Job, null, default);
        await bench.Control.StopAsync(ControlBench.Job, default);
        await RefusedAsync("LEAT2136", "no savepoint", () => bench.Control.StartAsync(ControlBench.Job, new StreamStart(bench.Folder), default));
        var journal = Directory.EnumerateFiles(savepoint.Path, "*.journal").Single();
        var bytes = await File.ReadAllBytesAsync(journal);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(journal, bytes);
        await RefusedAsync("LEAT2130", "checksum", () => bench.Control.StartAsync(ControlBench.Job, new StreamStart(savepoint.Path), default));
        Assert.Equal("running", (await bench.Control.StartAsync(ControlBench.Job, new StreamStart(), default)).State);
        Assert.Equal(["a|0|1|5"], bench.View("counts"));
    }

    [Fact]
    public async Task Given_times_to_keep_When_checkpoints_are_made_Then_the_young_ones_and_what_they_need_stay()
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(Defined, o => (o.RetainedCheckpoints, o.RetainedFor) = (2, TimeSpan.FromHours(1)));
        for (var i = 0; i < 6; i++)
        {
            await bench.SendAsync(Clicks.At(i, "a", "5"));
            await bench.DrainAsync();
        }

        Assert.Equal(6, Directory.EnumerateFiles(bench.CheckpointFolder, "*.checkpoint").Count());
        await bench.BeginAsync(Defined, o => o.RetainedCheckpoints = 2);
        await bench.SendAsync(Clicks.At(7, "a", "5"));
        await bench.DrainAsync();
        Assert.Equal(2, Directory.EnumerateFiles(bench.CheckpointFolder, "*.checkpoint").Count());
        Assert.Single(Directory.EnumerateFiles(bench.CheckpointFolder, "*.journal"));
    }

    internal static void Defined(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign).Tumbling(TimeSpan.FromSeconds(10))
        .Aggregate(a => a.Count("clicks").Sum("cost", e => (long)e.Cost)).ToView("counts", TimeSpan.FromHours(1)).ToLake("counts");

    internal static async Task RefusedAsync(string code, string part, Func<Task> act)
    {
        var error = await Assert.ThrowsAsync<LeatException>(act);
        Assert.Equal(code, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static async Task<Savepoint?> SaveAsync(ControlBench bench)
    {
        try
        {
            return await bench.Control.SaveAsync(ControlBench.Job, Path.Combine(bench.Folder, $"savepoint-{Directory.EnumerateDirectories(bench.Folder).Count()}"), default);
        }
        catch (LeatException error) when (error.Code == "LEAT2137")
        {
            return null;
        }
    }
}
