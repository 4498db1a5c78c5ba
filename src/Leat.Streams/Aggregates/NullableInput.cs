using Leat.Streams.Operators;

namespace Leat.Streams.Aggregates;

internal sealed class NullableInput<T, TValue>(int capacity, Func<T, TValue?> selector) : AggregateInput<T>
    where TValue : struct
{
    private readonly InputValues<TValue> _values = new(capacity, nullable: true);

    public override object Values => _values;

    public override void Extract(Chunk<T> chunk, int count)
    {
        for (; Position < count; Position++)
        {
            var value = selector(chunk.Items[Position]);
            _values.Has![Position] = value.HasValue;
            _values.Items[Position] = value.GetValueOrDefault();
        }
    }
}
