namespace Leat.Streams;

/// <summary>A lookup table of a job in figures.</summary>
/// <param name="Name">Of the table.</param>
/// <param name="Kind">Where its rows come from: lake table or file, database, loader, code.</param>
/// <param name="Rows">Rows held.</param>
/// <param name="SizeBytes">Memory of rows and keys, in bytes.</param>
/// <param name="LoadedAt">When what it holds was read, UTC; null before the first load.</param>
/// <param name="CheckedAt">When it was last known to be true, UTC: read, or seen to be unchanged.</param>
public sealed record TableFigures(string Name, string Kind, int Rows, long SizeBytes, DateTime? LoadedAt, DateTime? CheckedAt)
{
    /// <summary>Version of the lake table, or time and size of the file; null where there is no such thing.</summary>
    public string? Stamp { get; init; }

    /// <summary>Loads since the start, the first included.</summary>
    public long Loads { get; init; }

    /// <summary>Refreshes that failed since the last that did not; the table holds what it had.</summary>
    public long Failures { get; init; }

    /// <summary>Why the last refresh failed; null = it did not.</summary>
    public string? Error { get; init; }
}
