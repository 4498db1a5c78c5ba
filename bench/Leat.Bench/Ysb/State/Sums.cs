namespace Leat.Bench.Ysb.State;

/// <summary>State of a key, 32 bytes.</summary>
internal readonly record struct Sums(long Count, long First, long Last, long Sum);
