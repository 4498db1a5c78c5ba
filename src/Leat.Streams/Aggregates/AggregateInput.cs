using Leat.Streams.Operators;

namespace Leat.Streams.Aggregates;

/// <summary>Runs the user's selector of one aggregate over a chunk. One worker's.</summary>
internal abstract class AggregateInput<T>
{
    /// <summary>Row that the selector is at; where it stopped when user code threw.</summary>
    public int Position { get; set; }

    /// <summary>What the aggregate's column understands: <see cref="InputValues{TValue}"/> or <see cref="InputPairs{TOrder, TValue}"/>; null when it needs no values.</summary>
    public virtual object? Values => null;

    /// <summary>From <see cref="Position"/> to <paramref name="count"/>.</summary>
    public virtual void Extract(Chunk<T> chunk, int count) => Position = count;

    /// <summary>The rows of the table that the chunk's rows count in, -1 for those this aggregate leaves out.</summary>
    public virtual int[] Targets(int[] rows, int count) => rows;
}
