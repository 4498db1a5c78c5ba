namespace Leat.Streams.Aggregates;

/// <summary>The values one aggregate takes from the rows of a chunk.</summary>
internal sealed class InputValues<TValue>(int capacity, bool nullable)
{
    public readonly TValue[] Items = new TValue[capacity];

    /// <summary>Which rows have a value; null when all have.</summary>
    public readonly bool[]? Has = nullable ? new bool[capacity] : null;
}
