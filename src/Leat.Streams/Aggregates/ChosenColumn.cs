using System.Runtime.CompilerServices;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>The value of the row whose order is smallest or largest; of several such rows the smallest value.</summary>
internal sealed class ChosenColumn<TOrder, TValue>(ValueShape<TOrder> orders, ValueShape<TValue> values, bool largest, TextArena arena) : AggregateColumn
{
    private Choice[] _choices = [];

    public override long SizeOf(int row) => Unsafe.SizeOf<Choice>();

    public override void Reserve(int capacity)
    {
        if (_choices.Length < capacity) Array.Resize(ref _choices, capacity);
    }

    public override void Accumulate(object? input, int[] rows, int count)
    {
        var pairs = (InputPairs<TOrder, TValue>)input!;
        for (var i = 0; i < count; i++)
            if (rows[i] >= 0 && pairs.Has[i]) Offer(ref _choices[rows[i]], pairs.Orders[i], pairs.Items[i]);
    }

    public override void Merge(int row, AggregateColumn from, int fromRow)
    {
        ref var other = ref ((ChosenColumn<TOrder, TValue>)from)._choices[fromRow];
        if (other.Has) Offer(ref _choices[row], other.Order.Value, other.Value.Value);
    }

    public override object? Read(int row) => _choices[row].Has ? values.Box(_choices[row].Value.Value) : null;

    public override void Write(int row, StateWriter writer, bool whole)
    {
        ref var choice = ref _choices[row];
        writer.Boolean(choice.Has);
        if (!choice.Has) return;
        orders.Write(choice.Order.Value, writer);
        values.Write(choice.Value.Value, writer);
    }

    public override void Load(int row, StateReader reader)
    {
        if (reader.Boolean()) Offer(ref _choices[row], orders.Read(reader, arena), values.Read(reader, arena));
    }

    public override void Reset(int row)
    {
        ref var choice = ref _choices[row];
        choice.Has = false;
        choice.Order.Forget();
        choice.Value.Forget();
    }

    public override void Clear(int count) => Array.Clear(_choices, 0, count);

    private void Offer(ref Choice choice, TOrder order, TValue value)
    {
        if (choice.Has)
        {
            var compared = ValueShape<TOrder>.Compare(order, choice.Order.Value);
            if (compared == 0 ? ValueShape<TValue>.Compare(value, choice.Value.Value) >= 0 : compared > 0 != largest) return;
        }

        choice.Order.Set(order, arena);
        choice.Value.Set(value, arena);
        choice.Has = true;
    }

    private struct Choice
    {
        public Kept<TOrder> Order;
        public Kept<TValue> Value;
        public bool Has;
    }
}
