namespace Leat.Streams.Patterns;

/// <summary>One step of a pattern.</summary>
/// <param name="Name">Unique in the pattern.</param>
/// <param name="Matches">The row that the step waits for.</param>
/// <param name="Forbids">A row that ends the attempt while the step waits; null = none.</param>
/// <param name="IsAbsence">The step is reached when no such row came until the pattern's time was over.</param>
internal sealed record PatternStep<T>(string Name, Func<T, bool> Matches, Func<T, bool>? Forbids, bool IsAbsence = false);
