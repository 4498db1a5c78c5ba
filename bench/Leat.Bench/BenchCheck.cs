namespace Leat.Bench;

/// <summary>Whether an answer was right.</summary>
public sealed record BenchCheck(string Name, bool Ok, string Detail);
