namespace Leat.Streams.Joins;

/// <summary>A row that waits for partners.</summary>
internal struct Held<T>
{
    /// <summary>Event time, ticks since 1970.</summary>
    public long Time { get; set; }

    /// <summary>It had a partner.</summary>
    public bool IsMatched { get; set; }

    public T Row { get; set; }
}
