using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Microsoft.Extensions.Logging;

namespace Leat.Flows;

/// <summary>Tells run events and alerts.</summary>
internal sealed partial class RunReporter(IRunEvents events, IEnumerable<INotifier> notifiers, TimeProvider clock, ILogger<RunReporter> logger)
{
    public void RunStarted(FlowRun run) => Publish(RunEventKind.Started, $"flows/{run.Flow}", run.RunId, Detail(run));

    public async Task RunEndedAsync(FlowRun run)
    {
        var kind = run.State switch
        {
            RunState.Success => RunEventKind.Completed,
            RunState.Skipped => RunEventKind.Skipped,
            _ => RunEventKind.Failed,
        };
        Publish(kind, $"flows/{run.Flow}", run.RunId, Detail(run).Add("state", SnakeCase.Of(run.State.ToString())));
        if (run.State is RunState.Failed) await AlertAsync(run).ConfigureAwait(false);
    }

    public void AttemptStarted(FlowRun run, AttemptKey key) => Publish(RunEventKind.Started, $"flows/{run.Flow}.{key.Task}", key.ToString(), Detail(run, key));

    public void AttemptEnded(FlowRun run, AttemptKey key, AttemptEnd end)
    {
        var kind = end.State switch
        {
            TaskState.Success => RunEventKind.Completed,
            TaskState.Skipped => RunEventKind.Skipped,
            _ => RunEventKind.Failed,
        };
        Publish(kind, $"flows/{run.Flow}.{key.Task}", key.ToString(), Detail(run, key).Add("reason", end.Reason));
    }

    [LoggerMessage(EventId = 5002, Level = LogLevel.Error, Message = "Run {RunId} could not be driven on")]
    public partial void RunBroke(Exception cause, string runId);

    private async Task AlertAsync(FlowRun run)
    {
        var alert = new Notification(NotificationSeverity.Error, $"flow {run.Flow} failed", $"run {run.RunId}: {run.Reason}", $"flows/{run.Flow}", clock.GetUtcNow());
        foreach (var notifier in notifiers)
        {
            try
            {
                await notifier.NotifyAsync(alert, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception cause)
            {
                NotNotified(cause, notifier.Channel, run.RunId);
            }
        }
    }

    private void Publish(RunEventKind kind, string job, string runId, ImmutableDictionary<string, string> detail) =>
        events.Publish(new RunEvent(kind, job, runId, clock.GetUtcNow(), [], [], detail));

    private static ImmutableDictionary<string, string> Detail(FlowRun run) => ImmutableDictionary<string, string>.Empty
        .Add("trigger", run.Trigger)
        .Add("from", run.From.ToString("O", CultureInfo.InvariantCulture))
        .Add("to", run.ToExcl.ToString("O", CultureInfo.InvariantCulture))
        .Add("reason", run.Reason);

    private static ImmutableDictionary<string, string> Detail(FlowRun run, AttemptKey key) => ImmutableDictionary<string, string>.Empty
        .Add("run", run.RunId)
        .Add("task", key.Task)
        .Add("attempt", key.Number.ToString(CultureInfo.InvariantCulture));

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "Channel {Channel} could not be told about run {RunId}")]
    private partial void NotNotified(Exception cause, string channel, string runId);
}
