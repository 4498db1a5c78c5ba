namespace Leat.Streams.Aggregates;

/// <summary>A sum, or smallest or largest value, and how many values went in.</summary>
internal struct Counted<TValue>
{
    public TValue Value;
    public long Count;
}
