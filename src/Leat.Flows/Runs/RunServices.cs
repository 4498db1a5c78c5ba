namespace Leat.Flows;

/// <summary>What executions need.</summary>
/// <param name="Owner">This process, for fencing.</param>
/// <param name="Tasks">Task and attempt rows.</param>
/// <param name="Runner">Runs attempts.</param>
/// <param name="Reporter">Tells what happens.</param>
/// <param name="Slots">Bounds the attempts at once.</param>
/// <param name="Clock">Time.</param>
internal sealed record RunServices(string Owner, TaskStore Tasks, AttemptRunner Runner, RunReporter Reporter, SemaphoreSlim Slots, TimeProvider Clock);
