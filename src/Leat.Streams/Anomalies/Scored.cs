namespace Leat.Streams;

/// <summary>A row beside what its key had so far.</summary>
/// <param name="Key">Of the stream.</param>
/// <param name="Row">The row.</param>
/// <param name="Value">Its value.</param>
/// <param name="Mean">Exponentially weighted mean of the values before it.</param>
/// <param name="Deviation">Exponentially weighted standard deviation of the values before it.</param>
/// <param name="Score">Distance of the value from the mean in deviations (z-score); 0 in the warm-up, infinite where there was no deviation.</param>
public readonly record struct Scored<TKey, T>(TKey Key, T Row, double Value, double Mean, double Deviation, double Score);
