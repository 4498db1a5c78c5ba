using Leat.Streams.Operators;

namespace Leat.Streams.Aggregates;

/// <summary>Lets an aggregate see the rows for which a predicate holds. The selector is not called for the others.</summary>
internal sealed class FilteredInput<T>(int capacity, Func<T, bool> predicate, AggregateInput<T> inner) : AggregateInput<T>
{
    private readonly bool[] _passes = new bool[capacity];
    private readonly int[] _targets = new int[capacity];

    public override object? Values => inner.Values;

    public override void Extract(Chunk<T> chunk, int count)
    {
        for (; Position < count; Position++)
        {
            _passes[Position] = predicate(chunk.Items[Position]);
            if (!_passes[Position]) continue;
            inner.Position = Position;
            inner.Extract(chunk, Position + 1);
        }
    }

    public override int[] Targets(int[] rows, int count)
    {
        var inside = inner.Targets(rows, count);
        for (var i = 0; i < count; i++) _targets[i] = _passes[i] ? inside[i] : -1;
        return _targets;
    }
}
