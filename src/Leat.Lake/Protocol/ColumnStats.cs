namespace Leat.Lake.Protocol;

/// <summary>What the Parquet writer tells of one leaf column of a file; bounds as DuckDB's text, null when there are none.</summary>
internal sealed record ColumnStats(string? Min, string? Max, long NullCount, bool HasNan);
