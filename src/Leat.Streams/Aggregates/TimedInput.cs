using Leat.Streams.Operators;

namespace Leat.Streams.Aggregates;

/// <summary>Values ordered by the event time of their row, in ticks since 1970.</summary>
internal sealed class TimedInput<T, TValue>(int capacity, Func<T, TValue> selector) : AggregateInput<T>
{
    private readonly InputPairs<long, TValue> _pairs = new(capacity);

    public override object Values => _pairs;

    public override void Extract(Chunk<T> chunk, int count)
    {
        for (; Position < count; Position++)
        {
            var value = selector(chunk.Items[Position]);
            _pairs.Has[Position] = !ValueShape<TValue>.IsNull(value);
            _pairs.Orders[Position] = chunk.Times[Position];
            _pairs.Items[Position] = value;
        }
    }
}
