namespace Leat.Streams.Operators;

/// <summary>Some rows on their way through a worker's chain, with event time and the place of their record in the source chunk. Belongs to the stage that fills it.</summary>
internal sealed class Chunk<T>(int capacity)
{
    /// <summary>Most rows a chunk may hold.</summary>
    public const int DefaultCapacity = 1024;

    public readonly T[] Items = new T[capacity];

    /// <summary>Event time in ticks of 100 ns since 1970-01-01 UTC.</summary>
    public readonly long[] Times = new long[capacity];

    /// <summary>Index of the record in the source chunk.</summary>
    public readonly int[] Ordinals = new int[capacity];

    public int Count;
}
