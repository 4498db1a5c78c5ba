namespace Leat.Streams.Frames;

/// <summary>How far a row's frame reaches back; the row itself is in it. At least one of the two.</summary>
/// <param name="Duration">Rows that are at most so many ticks older; null = however old.</param>
/// <param name="Rows">Rows before it, at most; null = however many.</param>
internal readonly record struct FrameBounds(long? Duration, int? Rows)
{
    /// <summary>Whether rows of the same time are in each other's frames.</summary>
    public bool HasPeers => Rows is null;

    public string Signature => $"{(Duration is { } ticks ? $"{TimeSpan.FromTicks(ticks)} " : "")}{(Rows is { } rows ? $"{rows} rows" : "")}".TrimEnd();
}
