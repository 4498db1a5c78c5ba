using System.Collections.Immutable;

namespace Leat.Flows;

/// <summary>A task of a run.</summary>
/// <param name="Name">Task.</param>
/// <param name="State">State of the task.</param>
/// <param name="Reason">Why it failed or was skipped; empty otherwise.</param>
/// <param name="Attempts">Attempts so far, first to last.</param>
public sealed record TaskRun(string Name, TaskState State, string Reason, ImmutableArray<TaskAttempt> Attempts);
