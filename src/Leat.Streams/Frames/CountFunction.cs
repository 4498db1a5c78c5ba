using Leat.Streams.Joins;

namespace Leat.Streams.Frames;

/// <summary>The last rows of a key in the order in which they come, again and again after so many new ones.</summary>
internal sealed class CountFunction<TKey, T, TOut> : KeyedProcess<TKey, T, TOut>
{
    private readonly int _size;
    private readonly int _every;
    private readonly Func<WindowedRow<TKey>, TOut> _select;
    private readonly ListState<Held<T>> _rows;
    private readonly ValueState<(int First, int Since)> _marks;
    private readonly FrameState<T> _frame;

    public CountFunction((int Size, int Every) shape, FrameState<T> frame, Func<WindowedRow<TKey>, TOut> select)
    {
        ((_size, _every), _select) = (shape, select);
        _rows = List<Held<T>>("rows");
        _marks = Value<(int First, int Since)>("marks");
        _frame = Keep(frame);
    }

    protected internal override void Process(T row)
    {
        _frame.Check(row, Ticks);
        var (first, since) = _marks.Value;
        _frame.Open(_rows.Items, (first, _rows.Count));
        _rows.Add(new Held<T> { Time = Ticks, Row = row });
        var end = _rows.Count;
        _frame.Enter(_rows.Items, end - 1, end);
        if (end - first > _size) _frame.Leave(_rows.Items, (first++, end));
        since = (since + 1) % _every;
        if (FrameOutput.IsMostlyGone(first, end))
        {
            _rows.RemoveRange(0, first);
            first = 0;
        }

        _marks.Value = (first, since);
        if (since == 0) Fire(first);
    }

    private void Fire(int first)
    {
        _frame.Read();
        var (oldest, newest) = (_rows.Items[first].Time, _rows.Items[^1].Time);
        EmitAt(_select(new WindowedRow<TKey>(Key, (Math.Min(oldest, newest), Math.Max(oldest, newest) + 1), _frame.Results, 0)), Math.Max(Ticks, WatermarkTicks));
    }
}
