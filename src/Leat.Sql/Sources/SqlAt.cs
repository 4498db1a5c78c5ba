namespace Leat.Sql;

/// <summary>Time travel as asked for in SQL; exactly one of the two is set.</summary>
public sealed record SqlAt(long? Version, DateTimeOffset? Time);
