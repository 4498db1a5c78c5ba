using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Flows;

/// <summary>Runs one attempt inside the boundary for user code: whatever happens comes back as an <see cref="AttemptEnd"/>.</summary>
internal sealed class AttemptRunner(FlowCatalog catalog, TimeProvider clock)
{
    private const string TimedOut = "LEAT5006";

    // A task that does not heed its token is left behind after this.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <exception cref="OperationCanceledException">Cancelled from outside; a timeout is an end.</exception>
    public async Task<AttemptEnd> RunAsync(TaskDefinition task, TaskContext context, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(task.Timeout ?? Timeout.InfiniteTimeSpan, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            var work = Invoke(task, context, both.Token);
            await WaitAsync(work, both.Token).ConfigureAwait(false);
            return End(await work.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            return Failed($"{TimedOut}: took longer than its timeout of {task.Timeout}", canRetry: true);
        }
        catch (LeatException error)
        {
            context.Log(error.ToString());
            return Failed(error.Message, error.Retry is Retry.WithBackoff);
        }
        catch (Exception error)
        {
            context.Log(error.ToString());
            return Failed($"{error.GetType().Name}: {error.Message}", canRetry: true);
        }
    }

    private Task<TaskOutcome> Invoke(TaskDefinition task, TaskContext context, CancellationToken ct) =>
        Task.Run(() => task.Work is { } work ? work(context, ct) : catalog.KindOf(task)!.RunAsync(context, ct), ct);

    private async Task WaitAsync(Task work, CancellationToken ct)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (ct.Register(cancelled.SetResult).ConfigureAwait(false))
        {
            if (await Task.WhenAny(work, cancelled.Task).ConfigureAwait(false) == work) return;
        }
        if (await Task.WhenAny(work, Task.Delay(Grace, clock, CancellationToken.None)).ConfigureAwait(false) == work) return;
        _ = work.ContinueWith(left => left.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        throw new OperationCanceledException(ct);
    }

    private static AttemptEnd End(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Succeeded done => new AttemptEnd(TaskState.Success, "", false, done.Outputs),
        TaskOutcome.Skipped skipped => new AttemptEnd(TaskState.Skipped, skipped.Reason, false, ImmutableDictionary<string, string>.Empty),
        TaskOutcome.Failed failed => Failed(failed.Reason, failed.Retry is Retry.WithBackoff),
        _ => throw new InvalidOperationException($"a task came to {outcome.GetType().Name}"),
    };

    private static AttemptEnd Failed(string reason, bool canRetry) => new(TaskState.Failed, reason, canRetry, ImmutableDictionary<string, string>.Empty);
}
