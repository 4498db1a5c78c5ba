using System.Collections.Immutable;
using System.Threading.Channels;

namespace Leat.Flows;

/// <summary>Drives one run from its stored state to its end. Its loop alone owns the states; tasks report to it through a channel.</summary>
internal sealed class RunExecution(ActiveRun active, RunServices services)
{
    private readonly Dictionary<string, StoredTask> _tasks = new(StringComparer.Ordinal);
    private readonly Channel<(string Task, Task<AttemptEnd?> Work)> _ended = Channel.CreateUnbounded<(string, Task<AttemptEnd?>)>();
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);

    private FlowRun Run => active.Run;

    private RunTokens Tokens => active.Tokens;

    /// <summary>Runs what can run until nothing is left; null when the run was taken over by another owner.</summary>
    /// <exception cref="OperationCanceledException">The process stops; the run stays as it is, to be adopted.</exception>
    public async Task<(RunState State, string Reason)?> RunAsync()
    {
        foreach (var task in await services.Tasks.LoadAsync(Run.RunId, Tokens.Stopping).ConfigureAwait(false)) _tasks[task.Task] = task;
        try
        {
            return await DriveAsync().ConfigureAwait(false) ? await ConcludeAsync().ConfigureAwait(false) : null;
        }
        finally
        {
            if (_running.Count > 0) active.Cancel();
            while (_running.Count > 0) _running.Remove((await _ended.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false)).Task);
        }
    }

    // False when the run was taken over.
    private async Task<bool> DriveAsync()
    {
        while (true)
        {
            if (!Tokens.Cancelled.IsCancellationRequested) await AdvanceAsync().ConfigureAwait(false);
            if (_running.Count == 0) return true;
            var (name, work) = await _ended.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            _running.Remove(name);
            if (await work.ConfigureAwait(false) is not { } end) return false;
            _tasks[name] = _tasks[name] with { State = end.State, Outputs = end.Outputs };
        }
    }

    private async Task AdvanceAsync()
    {
        var settled = new List<(string, TaskState, string)>();
        foreach (var task in active.Flow.Tasks)
        {
            if (!_tasks.TryGetValue(task.Name, out var stored) || stored.State.IsFinal() || _running.Contains(task.Name)) continue;
            var parents = task.After.Where(_tasks.ContainsKey).ToList();
            switch (TriggerRules.Decide(task.Rule, [.. parents.Select(parent => _tasks[parent].State)]))
            {
                case TriggerDecision.Run:
                    Start(task, stored);
                    break;
                case TriggerDecision.Skip:
                    settled.Add(Settle(task, TaskState.Skipped, "skipped: " + Name(parents, state => state is TaskState.Skipped or TaskState.Success)));
                    break;
                case TriggerDecision.UpstreamFailed:
                    settled.Add(Settle(task, TaskState.UpstreamFailed, "did not succeed: " + Name(parents, state => state is TaskState.Failed or TaskState.UpstreamFailed)));
                    break;
            }
        }
        if (settled.Count > 0) await services.Tasks.SettleAsync(Run.RunId, services.Owner, settled).ConfigureAwait(false);
    }

    private (string, TaskState, string) Settle(TaskDefinition task, TaskState state, string reason)
    {
        _tasks[task.Name] = _tasks[task.Name] with { State = state };
        return (task.Name, state, reason);
    }

    private string Name(List<string> parents, Func<TaskState, bool> which) => string.Join(", ", parents.Where(parent => which(_tasks[parent].State)));

    private void Start(TaskDefinition task, StoredTask stored)
    {
        _running.Add(task.Name);
        var inputs = task.Settings.ToBuilder();
        foreach (var parent in task.After.Where(_tasks.ContainsKey))
        {
            foreach (var (key, value) in _tasks[parent].Outputs) inputs[$"{parent}.{key}"] = value;
        }
        var work = Task.Run(() => new TaskExecution(task, Run, services, Tokens).RunAsync(stored, inputs.ToImmutable()), CancellationToken.None);
        _ = work.ContinueWith(done => _ended.Writer.TryWrite((task.Name, done)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task<(RunState State, string Reason)> ConcludeAsync()
    {
        var open = _tasks.Values.Where(task => !task.State.IsFinal()).Select(task => task.Task).ToList();
        if (Tokens.Cancelled.IsCancellationRequested)
        {
            await services.Tasks.SettleAsync(Run.RunId, services.Owner, [.. open.Select(task => (task, TaskState.Skipped, "the run was cancelled"))]).ConfigureAwait(false);
            return (RunState.Cancelled, "cancelled by request");
        }
        if (open.Count > 0)
        {
            await services.Tasks.SettleAsync(Run.RunId, services.Owner, [.. open.Select(task => (task, TaskState.Failed, "the flow no longer declares this task"))]).ConfigureAwait(false);
            return (RunState.Failed, "the flow no longer declares " + string.Join(", ", open));
        }
        var failed = _tasks.Values.Where(task => task.State is TaskState.Failed).Select(task => task.Task).ToList();
        return failed.Count == 0 ? (RunState.Success, "") : (RunState.Failed, "failed: " + string.Join(", ", failed));
    }
}
