namespace Leat.Ingest;

/// <summary>What a load of files did.</summary>
/// <param name="Files">Files loaded; 0 = nothing was new.</param>
/// <param name="Rows">Rows that became visible.</param>
public sealed record FileLoadResult(int Files, long Rows);
