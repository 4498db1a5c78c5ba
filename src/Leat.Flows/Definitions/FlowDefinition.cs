using System.Collections.Immutable;

namespace Leat.Flows;

/// <summary>A flow that can run: its graph is checked (names are distinct, parents exist, no cycle).</summary>
/// <param name="Name">Name in commands and history.</param>
/// <param name="DeclaredAt">Class, or file with line and column.</param>
/// <param name="Tasks">Tasks, each after the ones it waits for.</param>
/// <param name="Schedule">When it runs by itself; null = only when asked.</param>
/// <param name="MaxActiveRuns">Runs at once, at least 1; later ones wait.</param>
public sealed record FlowDefinition(
    string Name,
    string DeclaredAt,
    ImmutableArray<TaskDefinition> Tasks,
    FlowSchedule? Schedule = null,
    int MaxActiveRuns = 1)
{
    /// <summary>The task of that name, or null.</summary>
    public TaskDefinition? Find(string task) => Tasks.FirstOrDefault(t => t.Name == task);
}
