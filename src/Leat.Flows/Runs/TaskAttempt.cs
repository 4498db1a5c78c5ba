namespace Leat.Flows;

/// <summary>One attempt of a task.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="State">Running, success, failed or skipped.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it ended; null = runs, or its process died unseen.</param>
/// <param name="Reason">Why it failed or was skipped; empty otherwise.</param>
public sealed record TaskAttempt(int Number, TaskState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Reason);
