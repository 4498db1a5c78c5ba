namespace Leat.Streams;

/// <summary>The row that is at a rank of its key now.</summary>
/// <param name="Key">Of the stream.</param>
/// <param name="Rank">Counted from 1.</param>
/// <param name="Row">Replaces what was at the rank before.</param>
public readonly record struct Ranked<TKey, T>(TKey Key, int Rank, T Row);
