using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>What one attempt of a task is told.</summary>
/// <param name="Flow">Flow the task belongs to.</param>
/// <param name="RunId">Run of the flow.</param>
/// <param name="Task">Task within the flow.</param>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="AttemptId">Unique over all runs; hand it to outside systems as idempotency key.</param>
/// <param name="From">Start of the data interval, UTC.</param>
/// <param name="ToExcl">End of the data interval, excluded, UTC.</param>
/// <param name="Settings">The task's own settings from the flow definition.</param>
/// <param name="Log">Takes lines for the attempt's log.</param>
public sealed record TaskContext(
    string Flow,
    string RunId,
    string Task,
    int Attempt,
    string AttemptId,
    DateTimeOffset From,
    DateTimeOffset ToExcl,
    ImmutableDictionary<string, string> Settings,
    Action<string> Log);
