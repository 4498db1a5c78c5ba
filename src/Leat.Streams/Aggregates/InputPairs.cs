namespace Leat.Streams.Aggregates;

/// <summary>The values one aggregate takes from the rows of a chunk, each with what it is ordered by.</summary>
internal sealed class InputPairs<TOrder, TValue>(int capacity)
{
    public readonly TOrder[] Orders = new TOrder[capacity];
    public readonly TValue[] Items = new TValue[capacity];

    /// <summary>Both are there.</summary>
    public readonly bool[] Has = new bool[capacity];
}
