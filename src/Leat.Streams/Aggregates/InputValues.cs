namespace Leat.Streams.Aggregates;

/// <summary>The values one aggregate takes from the rows of a chunk.</summary>
internal sealed class InputValues<TValue>(int capacity, bool nullable)
{
    private static readonly bool CanBeNull = default(TValue) is null;

    public readonly TValue[] Items = new TValue[capacity];

    /// <summary>Which rows have a value; null when all have.</summary>
    public readonly bool[]? Has = nullable ? new bool[capacity] : null;

    /// <summary>The row has a value that is not null.</summary>
    public bool IsThere(int row) => (Has is null || Has[row]) && (!CanBeNull || Items[row] is not null);
}
