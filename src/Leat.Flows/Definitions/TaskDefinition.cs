using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Flows;

/// <summary>A task of a flow.</summary>
/// <param name="Name">Name within the flow.</param>
/// <param name="Kind">Name of an <see cref="ITaskKind"/>; "code" for a delegate.</param>
/// <param name="After">Tasks it waits for.</param>
/// <param name="Settings">Settings of the kind.</param>
/// <param name="Rule">What the tasks before it must have come to.</param>
/// <param name="Retry">How often and when a failed attempt is repeated.</param>
/// <param name="Timeout">Longest time of one attempt; null = unbounded.</param>
/// <param name="Work">The delegate of kind "code".</param>
public sealed record TaskDefinition(
    string Name,
    string Kind,
    ImmutableArray<string> After,
    ImmutableDictionary<string, string> Settings,
    TriggerRule Rule,
    RetryPolicy Retry,
    TimeSpan? Timeout,
    Func<TaskContext, CancellationToken, Task<TaskOutcome>>? Work = null)
{
    /// <summary>Kind of tasks that are a C# delegate.</summary>
    public const string CodeKind = "code";
}
