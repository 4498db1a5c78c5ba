using System.Runtime.CompilerServices;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

internal sealed class FoldColumn<TValue, TState, TFold>(string name) : AggregateColumn
    where TFold : struct, IFold<TValue, TState>
{
    private TState[] _states = [];

    /// <summary>State of a row.</summary>
    public ref TState StateAt(int row) => ref _states[row];

    public override long SizeOf(int row) => Unsafe.SizeOf<TState>();

    public override void Reserve(int capacity)
    {
        if (_states.Length < capacity) Array.Resize(ref _states, capacity);
    }

    public override void Accumulate(object? input, int[] rows, int count)
    {
        var values = (InputValues<TValue>)input!;
        try
        {
            for (var i = 0; i < count; i++)
            {
                var row = rows[i];
                if (row >= 0 && (values.Has is null || values.Has[i])) TFold.Add(ref _states[row], values.Items[i]);
            }
        }
        catch (OverflowException)
        {
            throw StreamErrors.Overflow(name);
        }
    }

    public override void Merge(int row, AggregateColumn from, int fromRow)
    {
        try
        {
            TFold.Merge(ref _states[row], in ((FoldColumn<TValue, TState, TFold>)from)._states[fromRow]);
        }
        catch (OverflowException)
        {
            throw StreamErrors.Overflow(name);
        }
    }

    public override void Deduct(int row, AggregateColumn from, int fromRow) => TFold.Deduct(ref _states[row], in ((FoldColumn<TValue, TState, TFold>)from)._states[fromRow]);

    public override object? Read(int row) => TFold.Read(in _states[row]);

    public override TResult Read<TResult>(int row) => TFold.TryRead(in _states[row], out TResult result) ? result : base.Read<TResult>(row);

    public override void Write(int row, StateWriter writer, bool whole) => TFold.Write(in _states[row], writer);

    public override void Load(int row, StateReader reader) => _states[row] = TFold.Load(reader);

    public override void Reset(int row) => _states[row] = default!;

    public override void Clear(int count) => Array.Clear(_states, 0, count);
}
