namespace Leat.Streams;

/// <summary>One side of a joined pair: a row, or none where an outer join found no partner.</summary>
public readonly record struct Side<T>
{
    internal Side(T value) => (Exists, Value) = (true, value);

    public bool Exists { get; }

    /// <summary>The row; the default of <typeparamref name="T"/> when there is none.</summary>
    public T Value { get; }
}
