namespace Leat.Flows;

/// <summary>Names one attempt.</summary>
/// <param name="RunId">Run.</param>
/// <param name="Task">Task of the run.</param>
/// <param name="Number">Counted from 1 within the task.</param>
internal readonly record struct AttemptKey(string RunId, string Task, int Number)
{
    /// <summary>Unique over all runs; what user code gets as idempotency key.</summary>
    public override string ToString() => $"{RunId}/{Task}/{Number}";
}
