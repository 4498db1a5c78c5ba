using System.Collections.Immutable;

namespace Leat.Flows;

/// <summary>How an attempt ended, and what becomes of its task.</summary>
/// <param name="State">Success, failed or skipped.</param>
/// <param name="Reason">Why it failed or was skipped; empty otherwise.</param>
/// <param name="CanRetry">Whether another attempt can help.</param>
/// <param name="Outputs">Outputs of a success.</param>
internal sealed record AttemptEnd(TaskState State, string Reason, bool CanRetry, ImmutableDictionary<string, string> Outputs);
