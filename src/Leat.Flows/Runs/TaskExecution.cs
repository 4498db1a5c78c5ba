using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Flows;

/// <summary>One task of a run: its attempts, with their retries.</summary>
internal sealed class TaskExecution(TaskDefinition task, FlowRun run, RunServices services, RunTokens tokens)
{
    // Attempts whose process ended say nothing about the task: so many do not count against its retries.
    private const int ForgivenLosses = 3;

    /// <summary>How the last attempt ended; null when the run was taken over by another owner.</summary>
    /// <exception cref="OperationCanceledException">The process stops.</exception>
    public async Task<AttemptEnd?> RunAsync(StoredTask stored, ImmutableDictionary<string, string> settings)
    {
        var allowed = 1 + task.Retry.Retries + Math.Min(stored.Lost, ForgivenLosses);
        var number = stored.Attempts;
        if (number >= allowed) return await GiveUpAsync(stored).ConfigureAwait(false);
        var next = stored.NextAt;
        while (true)
        {
            try
            {
                if (next is { } at) await WaitUntilAsync(at).ConfigureAwait(false);
                await services.Slots.WaitAsync(tokens.Either).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!tokens.Stopping.IsCancellationRequested)
            {
                return Cancelled; // between two attempts: the run settles the task
            }
            try
            {
                var key = new AttemptKey(run.RunId, task.Name, ++number);
                (var end, next) = await AttemptAsync(key, settings, number < allowed).ConfigureAwait(false);
                if (end is null || next is null) return end;
            }
            finally
            {
                services.Slots.Release();
            }
        }
    }

    private static AttemptEnd Cancelled { get; } = new(TaskState.Queued, "", false, ImmutableDictionary<string, string>.Empty);

    private async Task<(AttemptEnd? End, DateTimeOffset? Next)> AttemptAsync(AttemptKey key, ImmutableDictionary<string, string> settings, bool hasMore)
    {
        if (!await services.Tasks.TryStartAsync(key, services.Owner, services.Clock.GetUtcNow(), tokens.Stopping).ConfigureAwait(false)) return (null, null);
        services.Reporter.AttemptStarted(run, key);
        var log = new AttemptLog(services.Clock);
        var context = new TaskContext(run.Flow, run.RunId, task.Name, key.Number, key.ToString(), run.From, run.ToExcl, settings, log.Add);
        AttemptEnd end;
        try
        {
            end = await services.Runner.RunAsync(task, context, tokens.Either).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!tokens.Stopping.IsCancellationRequested)
        {
            end = new AttemptEnd(TaskState.Failed, "cancelled by request", false, ImmutableDictionary<string, string>.Empty);
        }
        var now = services.Clock.GetUtcNow();
        DateTimeOffset? next = end.State is TaskState.Failed && end.CanRetry && hasMore ? now + task.Retry.DelayAfter(key.Number) : null;
        if (!await services.Tasks.TryEndAsync(key, services.Owner, end, log.ToString(), (now, next)).ConfigureAwait(false)) return (null, null);
        services.Reporter.AttemptEnded(run, key, end);
        return (end, next);
    }

    private async Task<AttemptEnd> GiveUpAsync(StoredTask stored)
    {
        var reason = $"given up after {stored.Attempts} attempts, of which {stored.Lost} lost their process";
        await services.Tasks.SettleAsync(run.RunId, services.Owner, [(task.Name, TaskState.Failed, reason)]).ConfigureAwait(false);
        return new AttemptEnd(TaskState.Failed, reason, false, ImmutableDictionary<string, string>.Empty);
    }

    private async Task WaitUntilAsync(DateTimeOffset at)
    {
        var delay = at - services.Clock.GetUtcNow();
        if (delay <= TimeSpan.Zero) return;
        var longest = task.Retry.Cap + TimeSpan.FromSeconds(1); // a clock that was set back must not hold the task
        await Task.Delay(delay < longest ? delay : longest, services.Clock, tokens.Either).ConfigureAwait(false);
    }
}
