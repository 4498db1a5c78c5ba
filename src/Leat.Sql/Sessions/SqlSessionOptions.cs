namespace Leat.Sql;

/// <summary>What a session may do.</summary>
/// <param name="Untrusted">Statements come from outside: only SELECT, no external files, configuration locked, row and time limits.</param>
/// <param name="Timeout">Longest run of a statement; null = unbounded.</param>
public sealed record SqlSessionOptions(bool Untrusted = false, TimeSpan? Timeout = null);
