using System.Text;
using Leat.Conformance;
using Leat.Core;
using Leat.Log;
using Leat.Streams.Execution;
using Leat.Streams.Views;

namespace Leat.Streams.Tests;

/// <summary>Tables that fail for a time: the job fails at once, and goes on without loss, by itself where the reason may pass, else when started.</summary>
public sealed class FailingSinkTests : IAsyncDisposable
{
    private const int Events = 2000;
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedLog _log;
    private int _more;

    public FailingSinkTests() => _log = EmbeddedLog.Open(Path.Combine(_folder.Path, "log"));

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Given_a_table_that_fails_a_few_times_When_it_is_back_Then_the_job_has_started_again_by_itself_and_each_row_is_there_once()
    {
        var left = 3;
        var lake = new SumLake(SecondCounts.Column, _ => Interlocked.Decrement(ref left) < 0 ? Task.CompletedTask : throw Away(Retry.WithBackoff));
        using var runtime = await StartAsync(_log, lake, new SecondCounts(), o => o.SinkRetryFor = TimeSpan.Zero);
        var states = await SendAsync(runtime, () => lake.Sum == Events);
        Assert.True(left < 0, $"{left} failures were not met");
        Assert.Contains(states, s => s is { State: "failed" } && s.Error!.Contains("starts again by itself at", StringComparison.Ordinal));
        Assert.Equal(("running", null, 0), (runtime.List().Single().State, runtime.List().Single().Error, runtime.List().Single().LateEvents));
        await runtime.StopAsync(default);
        Assert.Equal(Events, lake.Sum);
    }

    [Fact]
    public async Task Given_a_table_whose_failure_does_not_pass_by_itself_When_started_by_hand_Then_each_row_is_there_once()
    {
        var isAway = true;
        var lake = new SumLake(SecondCounts.Column, _ => !isAway ? Task.CompletedTask : throw Away(Retry.Never));
        using var runtime = await StartAsync(_log, lake, new SecondCounts());
        await SendAsync(runtime, () => runtime.List().Single().State == "failed");
        Assert.StartsWith("LEAT3099", runtime.List().Single().Error, StringComparison.Ordinal);
        Assert.DoesNotContain("by itself", runtime.List().Single().Error!, StringComparison.Ordinal);
        isAway = false;
        Assert.Equal("running", (await runtime.StartAsync("second_counts", new StreamStart(), default)).State);
        await runtime.DrainAsync(default);
        Assert.Equal(Events, lake.Sum);
        await runtime.StopAsync(default);
    }

    [Fact]
    public async Task Given_rare_checkpoints_When_one_was_held_up_by_its_table_Then_reading_goes_on_as_soon_as_the_table_is_back()
    {
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lake = new SumLake(SecondCounts.Column, _ => back.Task);
        using var runtime = await StartAsync(_log, lake, new SecondCounts(), o => (o.CheckpointInterval, o.HoldAfter) = (TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(100)));
        await SendAsync(runtime, () => runtime.List().Single().EventsRead >= Events);
        var saving = runtime.SaveAsync("second_counts", null, default);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (runtime.Describe("second_counts").HeldShare < 0.5)
        {
            await SendOneAsync();
            await Task.Delay(20, patience.Token);
        }

        Assert.False(saving.IsCompleted);
        back.SetResult();
        await saving;
        await SendOneAsync();
        while (runtime.List().Single().EventsRead < Events + _more) await Task.Delay(20, patience.Token);
        await runtime.StopAsync(default);
    }

    [Fact]
    public void Given_failures_When_the_waits_are_asked_for_Then_they_double_up_to_a_minute_and_begin_anew_after_a_long_run()
    {
        var backoff = new RestartBackoff(TimeSpan.FromSeconds(10));
        double? After(Exception? failure, int lastedSeconds) => backoff.After(failure, TimeSpan.FromSeconds(lastedSeconds))?.TotalSeconds;
        Assert.Equal([10, 20, 40, 60, 60], Enumerable.Range(0, 5).Select(_ => After(Away(Retry.WithBackoff), 5)));
        Assert.Equal(10, After(Away(Retry.WithBackoff), 61));
        Assert.Equal(20, After(new IOException("full", 28), 5));
        Assert.Null(After(Away(Retry.Never), 5));
        Assert.Null(After(new InvalidOperationException(), 5));
        Assert.Null(After(null, 5));
        Assert.Null(new RestartBackoff(TimeSpan.Zero).After(Away(Retry.WithBackoff), TimeSpan.Zero));
    }

    private static LeatException Away(Retry retry) => new("LEAT3099", "the table is away", "test", "wait", Fault.External, retry);

    private async Task<StreamRuntime> StartAsync(IEventLog log, SumLake lake, StreamJob job, Action<StreamOptions>? configure = null)
    {
        await _log.CreateTopicAsync(SecondCounts.Topic, new TopicOptions { Durability = Durability.Never }, default);
        var options = new StreamOptions { CheckpointInterval = TimeSpan.FromMilliseconds(50), LakeCommitInterval = TimeSpan.FromSeconds(1), RestartAfter = TimeSpan.FromMilliseconds(100) };
        configure?.Invoke(options);
        var runtime = new StreamRuntime([job], new RunParts(log, new LeatProject(_folder.Path, "test", "dev", Path.Combine(_folder.Path, ".leat")), options) { Lake = lake }, new ViewStore());
        await runtime.StartAsync(default);
        return runtime;
    }

    private async Task SendOneAsync()
    {
        _more++;
        var batch = new RecordBatchBuilder();
        batch.Add(0, default, Encoding.UTF8.GetBytes(Clicks.Json(Events, "c")));
        await _log.AppendAsync(new TopicPartition(SecondCounts.Topic, 0), batch, null, default);
    }

    /// <summary>Sends events over some time, then waits; returns the states seen.</summary>
    private async Task<List<JobStatus>> SendAsync(StreamRuntime runtime, Func<bool> isDone)
    {
        var states = new List<JobStatus>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var sent = 0; sent < Events || !isDone(); await Task.Delay(5, patience.Token))
        {
            var batch = new RecordBatchBuilder();
            for (var i = 0; i < 10 && sent < Events; i++, sent++) batch.Add(0, default, Encoding.UTF8.GetBytes(Clicks.Json(sent * 0.1, "c", user: $"u{sent % 7}")));
            if (sent == Events) batch.AddTombstone(0, default, [new(WellKnownHeaders.Watermark, "4102444800000")]);
            await _log.AppendAsync(new TopicPartition(SecondCounts.Topic, 0), batch, null, default);
            if (states.LastOrDefault() is not { } last || last.State != runtime.List().Single().State || last.Error != runtime.List().Single().Error) states.Add(runtime.List().Single());
        }

        return states;
    }
}
