using Leat.Streams.Operators;

namespace Leat.Streams.Aggregates;

internal sealed class SelectedInput<T, TValue>(int capacity, Func<T, TValue> selector) : AggregateInput<T>
{
    private readonly InputValues<TValue> _values = new(capacity, nullable: false);

    public override object Values => _values;

    public override void Extract(Chunk<T> chunk, int count)
    {
        for (; Position < count; Position++) _values.Items[Position] = selector(chunk.Items[Position]);
    }
}
