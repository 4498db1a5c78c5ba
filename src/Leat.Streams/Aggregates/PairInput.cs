using Leat.Streams.Operators;

namespace Leat.Streams.Aggregates;

/// <summary>Values ordered by another value of their row. Null on either side, and a number that is NaN to order by, leave the row out.</summary>
internal sealed class PairInput<T, TOrder, TValue>(int capacity, Func<T, TOrder> by, Func<T, TValue> selector) : AggregateInput<T>
{
    private readonly InputPairs<TOrder, TValue> _pairs = new(capacity);

    public override object Values => _pairs;

    public override void Extract(Chunk<T> chunk, int count)
    {
        for (; Position < count; Position++)
        {
            var order = by(chunk.Items[Position]);
            var value = selector(chunk.Items[Position]);
            _pairs.Has[Position] = !ValueShape<TOrder>.IsNull(order) && !ValueShape<TValue>.IsNull(value) && !ValueShape<TOrder>.IsNaN(order);
            _pairs.Orders[Position] = order;
            _pairs.Items[Position] = value;
        }
    }
}
