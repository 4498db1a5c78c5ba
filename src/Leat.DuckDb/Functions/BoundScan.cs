namespace Leat.DuckDb;

/// <summary>What the engine holds for a planned call of a table function.</summary>
internal sealed record BoundScan(DuckDbTableScan Scan, CallbackFailures Failures);
