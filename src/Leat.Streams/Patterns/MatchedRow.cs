namespace Leat.Streams.Patterns;

/// <summary>A row that one attempt at a pattern has taken.</summary>
internal struct MatchedRow<T>
{
    /// <summary>Steps taken so far, in the first row of an attempt; 0 in the others.</summary>
    public int Steps { get; set; }

    /// <summary>Event time, ticks since 1970.</summary>
    public long Time { get; set; }

    public T Row { get; set; }
}
