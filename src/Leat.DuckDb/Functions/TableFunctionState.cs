namespace Leat.DuckDb;

/// <summary>What the engine holds for a registered table function.</summary>
internal sealed record TableFunctionState(DuckDbTableFunction Function, CallbackFailures Failures);
