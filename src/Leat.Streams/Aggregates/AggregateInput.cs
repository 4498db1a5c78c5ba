namespace Leat.Streams.Aggregates;

/// <summary>Runs the user's selector of one aggregate over a chunk. One worker's.</summary>
internal abstract class AggregateInput<T>
{
    /// <summary>Row that the selector is at; where it stopped when user code threw.</summary>
    public int Position { get; set; }

    /// <summary>An <see cref="InputValues{TValue}"/>, or null when the aggregate needs no values.</summary>
    public virtual object? Values => null;

    /// <summary>From <see cref="Position"/> to <paramref name="count"/>.</summary>
    public virtual void Extract(T[] items, int count) => Position = count;
}
