using System.Collections.Immutable;

namespace Leat.Flows;

/// <summary>A task of a run as the executor finds it.</summary>
/// <param name="Task">Name.</param>
/// <param name="State">State.</param>
/// <param name="Outputs">Outputs when it succeeded.</param>
/// <param name="Attempts">Attempts made so far.</param>
/// <param name="Lost">Of these, attempts whose process ended.</param>
/// <param name="NextAt">Earliest next attempt, when one waits.</param>
internal sealed record StoredTask(string Task, TaskState State, ImmutableDictionary<string, string> Outputs, int Attempts, int Lost, DateTimeOffset? NextAt);
