using System.Collections.Concurrent;
using System.Collections.Immutable;
using Leat.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Flows.Tests;

public sealed class RunTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Given_a_diamond_When_run_Then_each_task_comes_after_those_it_waits_for_and_sees_their_outputs()
    {
        await using var house = new FlowHouse();
        var order = new ConcurrentQueue<string>();
        string? seen = null;
        var runtime = house.Process(new TestFlow("diamond", flow =>
        {
            Task Note(TaskContext context, CancellationToken ct)
            {
                order.Enqueue(context.Task);
                return Task.CompletedTask;
            }
            flow.Task("last", (context, ct) =>
            {
                seen = context.Settings["first.rows"] + context.Settings["own"];
                return Note(context, ct);
            }).After("left", "right", "first").Set("own", "!");
            flow.Task("left", Note).After("first");
            flow.Task("right", Note).After("first");
            flow.Task("first", (context, ct) =>
            {
                order.Enqueue("first");
                return Task.FromResult<TaskOutcome>(new TaskOutcome.Succeeded(ImmutableDictionary<string, string>.Empty.Add("rows", "17")));
            });
        }));

        var run = await runtime.RunAsync("diamond", None);

        Assert.Equal(RunState.Success, run.State);
        Assert.Equal(["first", "last"], [order.First(), order.Last()]);
        Assert.Equal(4, order.Count);
        Assert.Equal("17!", seen);
        Assert.All(run.Tasks, task => Assert.Equal((TaskState.Success, 1), (task.State, task.Attempts.Length)));
    }

    [Fact]
    public async Task Given_a_task_that_fails_When_run_Then_what_follows_does_not_run_and_others_do()
    {
        await using var house = new FlowHouse();
        var ran = new ConcurrentBag<string>();
        var runtime = house.Process(new TestFlow("f", flow =>
        {
            flow.Task("bad", (_, _) => throw new InvalidOperationException("no disk"));
            flow.Task("after", Note(ran)).After("bad");
            flow.Task("later", Note(ran)).After("after");
            flow.Task("beside", Note(ran));
            flow.Task("alarm", Note(ran)).After("bad").When(TriggerRule.OneFailed);
            flow.Task("clean", Note(ran)).After("later", "beside").When(TriggerRule.AllDone);
        }));

        var run = await runtime.RunAsync("f", None);

        Assert.Equal((RunState.Failed, "failed: bad"), (run.State, run.Reason));
        Assert.Equal(["alarm", "beside", "clean"], ran.Order());
        Assert.Equal("bad failed, beside success, after upstream_failed, alarm success, later upstream_failed, clean success", Show(run));
        Assert.Equal("InvalidOperationException: no disk", run.Tasks.Single(t => t.Name == "bad").Reason);
        Assert.Contains("no disk", await runtime.LogAsync(run.RunId, "bad", 1, None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_task_that_skips_When_run_Then_what_follows_is_skipped_and_the_run_succeeds()
    {
        await using var house = new FlowHouse();
        var runtime = house.Process(new TestFlow("f", flow =>
        {
            flow.Task("a", (_, _) => Task.FromResult<TaskOutcome>(new TaskOutcome.Skipped("nothing new")));
            flow.Task("b", Nothing).After("a");
        }));

        var run = await runtime.RunAsync("f", None);

        Assert.Equal((RunState.Success, "a skipped, b skipped"), (run.State, Show(run)));
    }

    [Fact]
    public async Task Given_retries_When_a_task_fails_twice_Then_it_waits_with_doubling_delay_and_succeeds()
    {
        await using var house = new FlowHouse();
        var attempts = new ConcurrentQueue<(int, DateTimeOffset, string)>();
        var start = house.Clock.GetUtcNow();
        var runtime = house.Process(new TestFlow("f", flow => flow.Task("a", (context, _) =>
        {
            attempts.Enqueue((context.Attempt, house.Clock.GetUtcNow(), context.AttemptId));
            return context.Attempt < 3 ? throw new IOException("flaky") : Task.CompletedTask;
        }).Retry(3, TimeSpan.FromSeconds(10))));

        var running = runtime.RunAsync("f", None);
        await house.Clock.WaitForTimerAsync(start.AddSeconds(10));
        house.Clock.Advance(TimeSpan.FromSeconds(10));
        await house.Clock.WaitForTimerAsync(start.AddSeconds(30));
        house.Clock.Advance(TimeSpan.FromSeconds(20));
        var run = await running;

        Assert.Equal(RunState.Success, run.State);
        Assert.Equal([1, 2, 3], attempts.Select(a => a.Item1));
        Assert.Equal([0, 10, 30], attempts.Select(a => (int)(a.Item2 - start).TotalSeconds));
        Assert.Equal(3, attempts.Select(a => a.Item3).Distinct().Count());
        Assert.Equal([TaskState.Failed, TaskState.Failed, TaskState.Success], run.Tasks[0].Attempts.Select(a => a.State));
    }

    [Fact]
    public async Task Given_an_error_that_says_never_When_it_comes_Then_it_is_not_retried()
    {
        await using var house = new FlowHouse();
        var runtime = house.Process(new TestFlow("f", flow => flow.Task("a", (_, _) => throw new LeatException("LEAT9", "w", "h", "t")).Retry(5, TimeSpan.Zero)));

        var run = await runtime.RunAsync("f", None);

        Assert.Single(run.Tasks[0].Attempts);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 40)]
    [InlineData(4, 60)]
    [InlineData(4_000, 60)]
    public void Given_a_policy_When_asked_for_a_delay_Then_it_doubles_up_to_the_cap(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new RetryPolicy(9, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)).DelayAfter(attempt));

    [Fact]
    public async Task Given_a_timeout_When_a_task_takes_longer_Then_the_attempt_fails_with_LEAT5006()
    {
        await using var house = new FlowHouse();
        var start = house.Clock.GetUtcNow();
        var runtime = house.Process(new TestFlow("f", flow => flow.Task("slow", (_, ct) => Task.Delay(Timeout.Infinite, ct)).Timeout(TimeSpan.FromMinutes(5))));

        var running = runtime.RunAsync("f", None);
        await house.Clock.WaitForTimerAsync(start.AddMinutes(5));
        house.Clock.Advance(TimeSpan.FromMinutes(5));
        var run = await running;

        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal("LEAT5006: took longer than its timeout of 00:05:00", run.Tasks[0].Reason);
    }

    [Fact]
    public async Task Given_a_running_flow_When_cancelled_Then_it_ends_as_cancelled_and_the_rest_is_skipped()
    {
        await using var house = new FlowHouse();
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var runtime = house.Process(new TestFlow("f", flow =>
        {
            flow.Task("a", (_, ct) =>
            {
                started.SetResult();
                return Task.Delay(Timeout.Infinite, ct);
            }).Retry(5, TimeSpan.FromSeconds(1));
            flow.Task("b", Nothing).After("a");
        }));

        var running = runtime.RunAsync("f", stop.Token);
        await started.Task;
        await stop.CancelAsync();
        var run = await running;

        Assert.Equal((RunState.Cancelled, "a failed, b skipped"), (run.State, Show(run)));
        Assert.Single(run.Tasks[0].Attempts);
    }

    [Fact]
    public async Task Given_one_active_run_at_most_When_two_are_asked_for_Then_they_come_one_after_the_other()
    {
        await using var house = new FlowHouse();
        int now = 0, most = 0;
        var runtime = house.Process(new TestFlow("f", flow => flow.Task("a", async (_, ct) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(20, ct);
            Interlocked.Decrement(ref now);
        })));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => runtime.RunAsync("f", None)));

        Assert.Equal(1, most);
        Assert.Equal(4, (await runtime.HistoryAsync("f", 10, None)).Count(run => run.State is RunState.Success));
    }

    [Fact]
    public async Task Given_two_slots_When_ten_tasks_could_run_Then_two_run_at_once()
    {
        await using var house = new FlowHouse();
        int now = 0, most = 0;
        var gate = new Lock();
        var flow = new TestFlow("f", flow =>
        {
            for (var i = 0; i < 10; i++)
            {
                flow.Task("t" + i, async (_, ct) =>
                {
                    lock (gate) most = Math.Max(most, ++now);
                    await Task.Delay(10, ct);
                    lock (gate) now--;
                });
            }
        });
        var runtime = house.Services(options => options.MaxParallelTasks = 2, flow).GetRequiredService<FlowRuntime>();

        Assert.Equal(RunState.Success, (await runtime.RunAsync("f", None)).State);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Given_more_runs_than_are_kept_When_run_Then_the_oldest_go_with_their_attempts()
    {
        await using var house = new FlowHouse();
        var runtime = house.Services(options => options.KeepRuns = 3, new TestFlow("f", flow => flow.Task("a", Nothing))).GetRequiredService<FlowRuntime>();
        var runs = new List<FlowRun>();
        for (var i = 0; i < 5; i++)
        {
            house.Clock.Advance(TimeSpan.FromSeconds(1));
            runs.Add(await runtime.RunAsync("f", None));
        }

        Assert.Equal(runs.Skip(2).Reverse().Select(r => r.RunId), (await runtime.HistoryAsync(null, 10, None)).Select(r => r.RunId));
        Assert.Null(await runtime.FindAsync(runs[0].RunId, None));
    }

    [Fact]
    public async Task Given_a_run_When_it_fails_Then_events_and_an_alert_tell_it()
    {
        await using var house = new FlowHouse();
        var services = house.Services(null, new TestFlow("f", flow => flow.Task("a", (_, _) => throw new IOException("x"))));

        await services.GetRequiredService<IFlowRuntime>().RunAsync("f", None);

        Assert.Equal(
            ["flows/f Started", "flows/f.a Started", "flows/f.a Failed", "flows/f Failed"],
            services.GetRequiredService<IRunEvents>().Recent.Select(e => $"{e.Job} {e.Kind}"));
    }

    internal static Task Nothing(TaskContext context, CancellationToken ct) => Task.CompletedTask;

    internal static string Show(FlowRun run) => string.Join(", ", run.Tasks.Select(task => $"{task.Name} {SnakeCase.Of(task.State.ToString())}"));

    private static Func<TaskContext, CancellationToken, Task> Note(ConcurrentBag<string> ran) => (context, _) =>
    {
        ran.Add(context.Task);
        return Task.CompletedTask;
    };
}
