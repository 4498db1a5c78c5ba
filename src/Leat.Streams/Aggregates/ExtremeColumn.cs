using System.Runtime.CompilerServices;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>Smallest or largest value of any simple type, by the order of <see cref="ValueShape{TValue}"/>.</summary>
internal sealed class ExtremeColumn<TValue>(ValueShape<TValue> shape, bool largest, TextArena arena) : AggregateColumn
{
    private Kept<TValue>[] _values = [];
    private bool[] _has = [];

    public override long SizeOf(int row) => Unsafe.SizeOf<Kept<TValue>>() + sizeof(bool);

    public override void Reserve(int capacity)
    {
        if (_values.Length >= capacity) return;
        Array.Resize(ref _values, capacity);
        Array.Resize(ref _has, capacity);
    }

    public override void Accumulate(object? input, int[] rows, int count)
    {
        var values = (InputValues<TValue>)input!;
        for (var i = 0; i < count; i++)
            if (rows[i] >= 0 && values.IsThere(i)) Offer(rows[i], values.Items[i]);
    }

    public override void Merge(int row, AggregateColumn from, int fromRow)
    {
        var other = (ExtremeColumn<TValue>)from;
        if (other._has[fromRow]) Offer(row, other._values[fromRow].Value);
    }

    public override object? Read(int row) => _has[row] ? shape.Box(_values[row].Value) : null;

    public override void Write(int row, StateWriter writer, bool whole)
    {
        writer.Boolean(_has[row]);
        if (_has[row]) shape.Write(_values[row].Value, writer);
    }

    public override void Load(int row, StateReader reader)
    {
        if (reader.Boolean()) Offer(row, shape.Read(reader, arena));
    }

    public override void Reset(int row)
    {
        _has[row] = false;
        _values[row].Forget();
    }

    public override void Clear(int count)
    {
        Array.Clear(_has, 0, count);
        Array.Clear(_values, 0, count);
    }

    private void Offer(int row, TValue value)
    {
        if (_has[row])
        {
            var order = ValueShape<TValue>.Compare(value, _values[row].Value);
            if (largest ? order <= 0 : order >= 0) return;
        }

        _values[row].Set(value, arena);
        _has[row] = true;
    }
}
