namespace Leat.Flows.Tests;

public sealed class SchedulerTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Given_an_hourly_flow_When_hours_pass_Then_one_run_a_tick_with_its_interval()
    {
        await using var house = new FlowHouse();
        var (runtime, _) = await house.UpAsync(Hourly());
        await TickAsync(house, runtime, hours: 3, runs: 3);
        await EndedAsync(runtime, (await runtime.HistoryAsync("hourly", 1, None))[0].RunId);

        var history = await runtime.HistoryAsync("hourly", 10, None);

        Assert.Equal([3, 2, 1], history.Select(run => (int)(run.ToExcl - _start).TotalHours));
        Assert.All(history, run => Assert.Equal((RunState.Success, "schedule", TimeSpan.FromHours(1)), (run.State, run.Trigger, run.ToExcl - run.From)));
    }

    [Fact]
    public async Task Given_ticks_missed_while_down_When_started_again_Then_only_the_newest_runs_and_never_twice()
    {
        await using var house = new FlowHouse();
        var (first, scheduler) = await house.UpAsync(Hourly());
        await TickAsync(house, first, hours: 1, runs: 1);
        await scheduler.StopAsync(None);
        house.Clock.Advance(TimeSpan.FromHours(5.5));

        var (second, secondScheduler) = await house.UpAsync(Hourly());
        await RunsAsync(second, 2);
        await secondScheduler.StopAsync(None);
        var (third, _) = await house.UpAsync(Hourly());
        await TickAsync(house, third, hours: 1, runs: 3);

        Assert.Equal([7, 6, 1], (await third.HistoryAsync("hourly", 10, None)).Select(run => (int)(run.ToExcl - _start).TotalHours));
    }

    [Fact]
    public async Task Given_a_clock_that_is_set_back_When_ticks_come_again_Then_they_run_no_second_time()
    {
        await using var house = new FlowHouse();
        var (runtime, scheduler) = await house.UpAsync(Hourly());
        await TickAsync(house, runtime, hours: 2, runs: 2);
        await scheduler.StopAsync(None);
        house.Clock.AdvanceTo(_start.AddMinutes(30));

        var (again, _) = await house.UpAsync(Hourly());
        await TickAsync(house, again, hours: 3, runs: 3);

        Assert.Equal([3, 2, 1], (await again.HistoryAsync("hourly", 10, None)).Select(run => (int)(run.ToExcl - _start).TotalHours).OrderDescending());
    }

    [Fact]
    public async Task Given_two_schedulers_When_the_same_tick_comes_Then_one_run()
    {
        await using var house = new FlowHouse();
        var (one, _) = await house.UpAsync(Hourly());
        var (two, _) = await house.UpAsync(Hourly());
        await TickAsync(house, one, hours: 4, runs: 4);

        Assert.Equal(4, (await two.HistoryAsync("hourly", 100, None)).Select(run => run.ToExcl).Distinct().Count());
        Assert.Equal(4, (await two.HistoryAsync("hourly", 100, None)).Count);
    }

    [Fact]
    public async Task Given_a_process_that_dies_in_a_task_When_started_again_Then_the_run_is_adopted_and_its_late_result_refused()
    {
        await using var house = new FlowHouse();
        var paused = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var died = house.Process(Three(_ =>
        {
            entered.TrySetResult();
            return paused.Task;
        }));
        var lost = died.RunAsync("three", None);
        await entered.Task;

        var (runtime, _) = await house.UpAsync(Three(_ => Task.CompletedTask));
        var run = await EndedAsync(runtime, (await runtime.HistoryAsync("three", 1, None))[0].RunId);
        paused.SetResult();
        await lost;
        var after = await runtime.FindAsync(run.RunId, None);

        Assert.Equal("a success, b success, c success", RunTests.Show(run));
        Assert.Equal([1, 2, 1], run.Tasks.Select(task => task.Attempts.Length));
        Assert.Equal("the process that ran it ended", run.Tasks[1].Attempts[0].Reason);
        Assert.Equal(run.Tasks.SelectMany(t => t.Attempts), after!.Tasks.SelectMany(t => t.Attempts));
        Assert.Equal(run.EndedAt, after.EndedAt);
    }

    [Fact]
    public async Task Given_a_process_that_is_stopped_When_started_again_Then_the_run_goes_on_without_using_up_retries()
    {
        await using var house = new FlowHouse();
        var entered = new TaskCompletionSource();
        var (first, scheduler) = await house.UpAsync(new TestFlow("three", flow => flow.Task("b", (_, ct) =>
        {
            entered.TrySetResult();
            return Task.Delay(Timeout.Infinite, ct);
        })));
        var running = first.RunAsync("three", None);
        await entered.Task;
        await scheduler.StopAsync(None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        var (second, _) = await house.UpAsync(new TestFlow("three", flow => flow.Task("b", RunTests.Nothing)));
        var run = await EndedAsync(second, (await second.HistoryAsync("three", 1, None))[0].RunId);

        Assert.Equal((RunState.Success, 2), (run.State, run.Tasks[0].Attempts.Length));
    }

    [Fact]
    public async Task Given_a_task_that_kills_its_process_each_time_When_adopted_Then_it_is_given_up_after_four_attempts()
    {
        await using var house = new FlowHouse();
        var never = new TaskCompletionSource();
        FlowRuntime? first = null;
        string? runId = null;
        for (var life = 0; life < 5; life++)
        {
            var entered = new TaskCompletionSource();
            var (runtime, _) = await house.UpAsync(new TestFlow("f", flow => flow.Task("a", (_, _) =>
            {
                entered.TrySetResult();
                return never.Task;
            })));
            if (first is null) _ = runtime.RunAsync("f", None);
            first ??= runtime;
            if (life < 4) await entered.Task;
            runId = (await runtime.HistoryAsync("f", 1, None))[0].RunId;
            if (life < 4) continue;
            var run = await EndedAsync(runtime, runId);
            Assert.Equal((RunState.Failed, 4), (run.State, run.Tasks[0].Attempts.Length));
            Assert.Contains("given up after 4 attempts", run.Tasks[0].Reason, StringComparison.Ordinal);
        }
        never.SetResult();
    }

    [Fact]
    public async Task Given_too_many_waiting_runs_When_a_tick_comes_Then_it_is_recorded_as_skipped()
    {
        await using var house = new FlowHouse();
        var held = new TaskCompletionSource();
        var flow = new TestFlow("hourly", f =>
        {
            f.Schedule("0 * * * *");
            f.Task("a", (_, _) => held.Task);
        });
        var services = house.Services(options => options.MaxQueuedRuns = 1, flow);
        var scheduler = (FlowScheduler)Assert.Single((IEnumerable<Microsoft.Extensions.Hosting.IHostedService>)services.GetService(typeof(IEnumerable<Microsoft.Extensions.Hosting.IHostedService>))!);
        await scheduler.StartAsync(None);
        var runtime = (FlowRuntime)services.GetService(typeof(FlowRuntime))!;
        await TickAsync(house, runtime, hours: 3, runs: 3);

        var third = (await runtime.HistoryAsync("hourly", 1, None))[0];
        held.SetResult();

        Assert.Equal((RunState.Skipped, "1 runs of the flow wait already"), (third.State, third.Reason));
    }

    private static TestFlow Hourly() => new("hourly", flow =>
    {
        flow.Schedule("0 * * * *");
        flow.Task("a", RunTests.Nothing);
    });

    private static TestFlow Three(Func<CancellationToken, Task> middle) => new("three", flow =>
    {
        flow.Task("a", RunTests.Nothing);
        flow.Task("b", (_, ct) => middle(ct)).After("a");
        flow.Task("c", RunTests.Nothing).After("b");
    });

    // Lets the scheduler fall asleep, then moves its clock to the next full hour.
    private static async Task TickAsync(FlowHouse house, FlowRuntime runtime, int hours, int runs)
    {
        for (var hour = hours - 1; hour >= 0; hour--)
        {
            var now = house.Clock.GetUtcNow();
            var next = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(now.Hour + 1);
            await house.Clock.WaitForTimerAsync(now.AddSeconds(31));
            house.Clock.AdvanceTo(next);
            await house.Clock.WaitForTimerAsync(next.AddSeconds(31));
            await RunsAsync(runtime, runs - hour);
        }
    }

    private static async Task RunsAsync(FlowRuntime runtime, int runs)
    {
        for (var i = 0; i < 2_000; i++)
        {
            if ((await runtime.HistoryAsync(null, 100, None)).Count >= runs) return;
            await Task.Delay(5);
        }
        Assert.Fail($"expected {runs} runs, found {(await runtime.HistoryAsync(null, 100, None)).Count}");
    }

    private static async Task<FlowRun> EndedAsync(FlowRuntime runtime, string runId)
    {
        for (var i = 0; i < 2_000; i++)
        {
            var run = await runtime.FindAsync(runId, None);
            if (run!.State.IsFinal()) return run;
            await Task.Delay(5);
        }
        throw new TimeoutException($"run {runId} did not end: {RunTests.Show((await runtime.FindAsync(runId, None))!)}");
    }
}
