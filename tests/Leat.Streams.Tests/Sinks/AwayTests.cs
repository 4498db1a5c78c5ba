using System.Collections.Concurrent;
using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.Sinks;

/// <summary>A sink that cannot be reached: the job waits and says so, goes on meanwhile within its memory, and loses nothing; and checkpoints whose rows nobody takes.</summary>
public sealed class AwayTests
{
    private readonly MemorySink _sink = new("away");

    [Fact]
    public async Task Given_a_sink_that_is_away_When_a_checkpoint_commits_Then_the_status_says_so_windows_go_on_and_all_is_there_afterwards()
    {
        var final = new ConcurrentQueue<string>();
        await using var bench = new StreamTestBench(() => new Windowed(_sink, final));
        await bench.PlayAsync([Clicks.At(1, "a"), new StreamStep.Checkpoint()]);
        _sink.IsAway = true;
        await bench.PlayAsync([Clicks.At(2, "a"), new StreamStep.Process()]);
        var draining = bench.PlayAsync([new StreamStep.Checkpoint()]);
        await UntilAsync(() => bench.Status.Error is not null);
        Assert.Equal(("running", "waits for memory away: LEAT2147: the test says that it is away"), (bench.Status.State, bench.Status.Error));
        await bench.PlayAsync([Clicks.At(3, "a"), Clicks.Watermark(30), new StreamStep.Process()]);
        await UntilAsync(() => !final.IsEmpty);
        Assert.Equal("a 3", Assert.Single(final));
        Assert.Equal(["a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|1"], SinkTests.Shown(_sink));
        Assert.False(draining.IsCompleted);
        _sink.IsAway = false;
        await draining;
        Assert.Null(bench.Status.Error);
        Assert.Equal(["a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|2"], SinkTests.Shown(_sink));
        await bench.RunAsync([]);
        Assert.Equal(["a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|3"], SinkTests.Shown(_sink));
    }

    [Fact]
    public async Task Given_more_rows_than_memory_allows_When_the_sink_is_away_Then_the_job_reads_no_further_until_it_is_back()
    {
        const int events = 16_000;
        await using var bench = new StreamTestBench(() => new Logged(_sink), new StreamTestSettings { Configure = o => o.LakeCommitMegabytes = 1 });
        var user = new string('u', 300);
        await bench.PlayAsync([Clicks.At(0, "a", "0", user), new StreamStep.Checkpoint()]);
        _sink.IsAway = true;
        var playing = bench.RunAsync([.. Enumerable.Range(1, events - 1).Select(i => Clicks.At(i * 0.001, "a", $"{i}", user)), new StreamStep.Checkpoint()]);
        await UntilAsync(() => _sink.Refusals > 5 && bench.Status.EventsRead > 2000);
        var read = bench.Status.EventsRead;
        await UntilAsync(() => _sink.Refusals > 7);
        Assert.Equal(read, bench.Status.EventsRead);
        Assert.True(read < events / 2, $"{read} events were read, of 300 bytes each");
        _sink.IsAway = false;
        await playing;
        Assert.Equal(Enumerable.Range(0, events).Select(i => (decimal)i), _sink.Rows.Select(r => (decimal)r[2]!));
    }

    [Fact]
    public async Task Given_a_sink_that_stays_away_When_the_patience_is_over_Then_the_job_fails_and_a_later_start_delivers_once()
    {
        await using var bench = new StreamTestBench(() => new Windowed(_sink));
        await bench.PlayAsync([Clicks.At(1, "a"), new StreamStep.Process()]);
        _sink.IsAway = true;
        var draining = bench.PlayAsync([new StreamStep.Checkpoint()]);
        await UntilAsync(() => _sink.Refusals > 0);
        bench.Clock.Advance(TimeSpan.FromMinutes(11));
        await Assert.ThrowsAsync<LeatException>(() => draining);
        await UntilAsync(() => bench.Status.State == "failed");
        Assert.Contains("LEAT2147", bench.Status.Error, StringComparison.Ordinal);
        _sink.IsAway = false;
        await bench.RunAsync([new StreamStep.Kill(), Clicks.At(2, "a")]);
        Assert.Equal(["a|2026-01-01T00:00:00Z|2026-01-01T00:00:10Z|2"], SinkTests.Shown(_sink));
    }

    [Fact]
    public async Task Given_a_sink_that_is_away_at_the_start_When_it_comes_Then_the_job_begins()
    {
        _sink.IsAway = true;
        await using var bench = new StreamTestBench(() => new Windowed(_sink));
        var running = bench.RunAsync([Clicks.At(1, "a")]);
        await UntilAsync(() => _sink.Refusals > 1);
        Assert.Equal("starting", bench.Status.State);
        _sink.IsAway = false;
        await running;
        Assert.Single(_sink.Rows);
    }

    [Fact]
    public async Task Given_a_job_that_waits_for_a_sink_When_stopped_and_started_Then_it_stops_at_once_and_every_row_is_there_once()
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(Define, options => options.CheckpointInterval = TimeSpan.FromMilliseconds(50));
        _sink.IsAway = true;
        await bench.SendAsync(Clicks.At(1, "a"), Clicks.At(2, "b"));
        await UntilAsync(() => bench.Status.Error is not null);
        var stopped = await bench.Control.StopAsync(ControlBench.Job, default).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("stopped", stopped.State);
        await bench.BeginAsync(Define, start: false);
        _sink.IsAway = false;
        await bench.BeginAsync(Define);
        await bench.Control.StartAsync(ControlBench.Job, new StreamStart(), default);
        await bench.SendAsync(Clicks.At(3, "c"));
        await bench.DrainAsync();
        Assert.Equal(["a", "b", "c"], _sink.Rows.Select(r => (string)r[0]!));
    }

    [Fact]
    public async Task Given_rows_that_a_removed_sink_does_not_have_yet_When_started_Then_LEAT2135_until_they_may_be_dropped()
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(Define, options => options.CheckpointInterval = TimeSpan.FromMilliseconds(50));
        _sink.IsAway = true;
        await bench.SendAsync(Clicks.At(1, "a"));
        await UntilAsync(() => bench.Status.Error is not null);
        await bench.EndAsync();
        await bench.BeginAsync(job => Source(job).ToLake("instead"));
        Assert.Contains("LEAT2135: the checkpoint holds state of memory away", bench.Status.Error, StringComparison.Ordinal);
        await bench.Control.StartAsync(ControlBench.Job, new StreamStart { AllowDroppedState = true }, default);
        await bench.SendAsync(Clicks.At(2, "b"));
        await bench.DrainAsync();
        Assert.Empty(_sink.Rows);
        Assert.Single(bench.Table("instead"));
    }

    [Fact]
    public async Task Given_a_sink_that_has_all_rows_When_it_is_removed_Then_the_job_starts()
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(Define);
        await bench.SendAsync(Clicks.At(1, "a"));
        await bench.DrainAsync();
        await bench.BeginAsync(job => Source(job).ToLake("instead"));
        Assert.Equal(("running", null), (bench.Status.State, bench.Status.Error));
        Assert.Single(_sink.Rows);
        Assert.Empty(Directory.EnumerateFiles(bench.CheckpointFolder, "*.rows"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Given_damaged_or_missing_rows_When_the_sink_needs_them_Then_LEAT2130_and_not_silence(bool missing)
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(Define, options => options.CheckpointInterval = TimeSpan.FromMilliseconds(50));
        _sink.IsAway = true;
        await bench.SendAsync(Clicks.At(1, "a"));
        await UntilAsync(() => bench.Status.Error is not null);
        await bench.EndAsync();
        var file = Directory.EnumerateFiles(bench.CheckpointFolder, "*.rows").Single();
        if (missing)
        {
            File.Delete(file);
        }
        else
        {
            var bytes = File.ReadAllBytes(file);
            bytes[^3] ^= 1;
            File.WriteAllBytes(file, bytes);
        }

        _sink.IsAway = false;
        await bench.BeginAsync(Define);
        Assert.Contains("LEAT2130", bench.Status.Error, StringComparison.Ordinal);
        Assert.Empty(_sink.Rows);
    }

    [Fact]
    public async Task Given_rows_that_wait_for_the_lakes_commit_When_saved_and_started_from_there_Then_they_are_merged_once()
    {
        await using var bench = new ControlBench();
        await bench.BeginAsync(job => Source(job).ToLake("newest", e => e.Campaign));
        await bench.SendAsync(Clicks.At(1, "a", "1"), Clicks.At(2, "a", "2"), Clicks.At(3, "b", "3"));
        var saved = Path.Combine(bench.Folder, "saved");
        while (bench.Status.EventsRead < 3) await Task.Delay(1);
        await bench.EndAsync(); // the last checkpoint makes no lake commit
        Assert.Empty(bench.Table("newest"));
        Assert.NotNull(new Checkpoints.JobFolder(bench.CheckpointFolder, new()).Copy(ControlBench.Job, bench.Store.Newest, saved));
        await bench.BeginAsync(job => Source(job).ToLake("newest", e => e.Campaign), start: false);
        await bench.Control.ResetAsync(ControlBench.Job, default);
        await bench.Control.StartAsync(ControlBench.Job, new StreamStart { FromSavepoint = saved }, default);
        await bench.BeginAsync(job => Source(job).ToLake("newest", e => e.Campaign));
        await bench.DrainAsync();
        Assert.Equal(2, bench.Table("newest").Length);
        Assert.Equal(3, bench.Status.EventsRead + 3);
    }

    [Fact]
    public async Task Given_checkpoints_between_commits_of_the_lake_When_the_process_restarts_among_them_Then_each_commit_merges_what_came_since()
    {
        await using var bench = new ControlBench();
        void Define(JobBuilder job) => Source(job).ToLake("newest", e => e.Campaign);
        void Often(StreamOptions options) => options.CheckpointInterval = TimeSpan.FromMilliseconds(50);
        await bench.BeginAsync(Define, Often);
        for (var round = 1; round <= 3; round++)
        {
            for (var part = 0; part < 3; part++)
            {
                var before = bench.Status.CheckpointId;
                await bench.SendAsync(Clicks.At((round * 10) + part, "a", $"{round}{part}"), Clicks.At((round * 10) + part, $"k{round}", $"{part}"));
                await UntilAsync(() => bench.Status.CheckpointId > before && bench.Status.Lag == 0);
                if (part == round - 1) await bench.BeginAsync(Define, Often);
            }

            Assert.Equal(round == 1 ? 0 : round, bench.Table("newest").Length);
            Assert.NotEmpty(Directory.EnumerateFiles(bench.CheckpointFolder, "*.rows"));
            await bench.DrainAsync();
            Assert.Equal(1 + round, bench.Table("newest").Length);
            Assert.Contains(bench.Table("newest"), row => row.StartsWith($"a|{(round * 10) + 2}|", StringComparison.Ordinal));
            Assert.Empty(Directory.EnumerateFiles(bench.CheckpointFolder, "*.rows"));
        }
    }

    [Fact]
    public async Task Given_rows_that_a_timer_of_the_clock_makes_When_nothing_else_happens_Then_the_next_checkpoint_has_them()
    {
        await using var bench = new StreamTestBench(() => new Reminded(_sink));
        await bench.PlayAsync([Clicks.At(1, "a"), new StreamStep.Checkpoint()]);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        var result = await bench.RunAsync([]);
        Assert.Equal("a", Assert.Single(_sink.Rows)[0]);
        Assert.Single(result.Topics["reminders"]);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; !holds(); i++)
        {
            Assert.True(i < 30_000, "what was waited for did not come");
            await Task.Delay(1);
        }
    }

    private static Stream<ClickEvent> Source(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5));

    private void Define(JobBuilder job) => Source(job).To(_sink);

    private sealed class Windowed(MemorySink sink, ConcurrentQueue<string>? final = null) : StreamJob
    {
        protected override void Define(JobBuilder job) => Source(job).KeyBy(e => e.Campaign).Tumbling(TimeSpan.FromSeconds(10)).Count().To(sink).Select(w => $"{w.Key} {w.Get<long>(0)}").ForEach(text => final?.Enqueue(text));
    }

    private sealed class Reminded(MemorySink sink) : StreamJob
    {
        protected override void Define(JobBuilder job) => Source(job).KeyBy(e => e.Campaign).Process(() => new Reminder()).To(sink).ToTopic("reminders");
    }

    private sealed class Reminder : KeyedProcess<Text, ClickEvent, Reminding>
    {
        protected internal override void Process(ClickEvent row) => SetProcessingTimer(ProcessingTime + TimeSpan.FromMinutes(1));

        protected internal override void OnProcessingTimer(DateTime time) => Emit(new Reminding(Key));
    }

    private readonly record struct Reminding(Text Campaign);

    private sealed class Logged(MemorySink sink) : StreamJob
    {
        protected override void Define(JobBuilder job) => Source(job).To(sink);
    }
}
