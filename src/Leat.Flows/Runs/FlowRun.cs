using System.Collections.Immutable;

namespace Leat.Flows;

/// <summary>A run of a flow as it stands in the history.</summary>
/// <param name="RunId">Unique; sorts by time of creation.</param>
/// <param name="Flow">Flow.</param>
/// <param name="State">State of the run.</param>
/// <param name="Trigger">"schedule" or "manual".</param>
/// <param name="From">Start of the data interval, UTC.</param>
/// <param name="ToExcl">End of the data interval, excluded, UTC; the tick of a scheduled run.</param>
/// <param name="QueuedAt">When it was made.</param>
/// <param name="StartedAt">When its first task could start; null = not yet.</param>
/// <param name="EndedAt">When it ended; null = not yet.</param>
/// <param name="Reason">Why it failed or did not run; empty otherwise.</param>
/// <param name="Tasks">Its tasks, in order; empty when only runs were asked for.</param>
public sealed record FlowRun(
    string RunId,
    string Flow,
    RunState State,
    string Trigger,
    DateTimeOffset From,
    DateTimeOffset ToExcl,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string Reason,
    ImmutableArray<TaskRun> Tasks);
