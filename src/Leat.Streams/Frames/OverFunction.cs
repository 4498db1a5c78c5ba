using Leat.Streams.Joins;

namespace Leat.Streams.Frames;

/// <summary>
/// Holds rows back until the watermark has passed them, then gives those of a key in order of event time, each beside the aggregates over its frame. Rows of the same time stay in
/// the order in which they came. Rows behind the watermark are late.
/// </summary>
internal sealed class OverFunction<TKey, T, TOut> : KeyedProcess<TKey, T, TOut>
{
    private readonly FrameBounds _bounds;
    private readonly Func<T, WindowedRow<TKey>, TOut> _select;
    private readonly ListState<Held<T>> _list;
    private readonly HeldRows<T> _rows;
    private readonly ValueState<(int First, int End, long? Cleaning)> _marks;
    private readonly FrameState<T> _frame;

    public OverFunction(FrameBounds bounds, FrameState<T> frame, Func<T, WindowedRow<TKey>, TOut> select)
    {
        (_bounds, _select) = (bounds, select);
        _list = List<Held<T>>("rows");
        _rows = new HeldRows<T>(_list);
        _marks = Value<(int First, int End, long? Cleaning)>("marks");
        _frame = Keep(frame);
    }

    protected internal override void Process(T row)
    {
        if (IsLate)
        {
            Late();
            return;
        }

        _frame.Check(row, Ticks);
        _rows.Add(Ticks, row, isMatched: false);
        if (_rows.Items[_marks.Value.End].Time == Ticks) SetTimerAt(Ticks + FrameOutput.Delay);
    }

    protected internal override void OnTimer(DateTime time)
    {
        var now = Math.Max(TicksOf(time), WatermarkTicks);
        var (first, end, cleaning) = _marks.Value;
        _frame.Open(_rows.Items, (first, end));
        var due = _rows.IndexOf(now);
        while (end < due) (first, end) = Step(first, end, due);
        if (_bounds.Duration is { } duration)
        {
            for (; first < end && _rows.Items[first].Time + duration < now; first++) _frame.Leave(_rows.Items, (first, end));
        }

        if (FrameOutput.IsMostlyGone(first, _list.Count))
        {
            _rows.DropFirst(first);
            (first, end) = (0, end - first);
        }

        Mark(first, end, cleaning > now ? cleaning : null);
    }

    /// <summary>One row, or all of one time where those are in each other's frames.</summary>
    private (int First, int End) Step(int first, int end, int due)
    {
        var rows = _rows.Items;
        var at = end;
        do _frame.Enter(rows, end++, due);
        while (_bounds.HasPeers && end < due && rows[end].Time == rows[at].Time);
        for (; IsBefore(rows, first, end); first++) _frame.Leave(rows, (first, end));
        _frame.Read();
        for (; at < end; at++) Emit(rows[at], rows[first].Time);
        return (first, end);
    }

    private bool IsBefore(ReadOnlySpan<Held<T>> rows, int first, int end) =>
        (_bounds.Duration is { } duration && rows[first].Time + duration < rows[end - 1].Time) || (_bounds.Rows is { } most && end - first > most + 1L);

    private void Emit(in Held<T> held, long first)
    {
        TOut made;
        try
        {
            made = _select(held.Row, new WindowedRow<TKey>(Key, (first, held.Time + 1), _frame.Results, 0));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Fault("over", error);
            return;
        }

        EmitAt(made, held.Time);
    }

    /// <param name="first">First row of the frame.</param>
    /// <param name="end">Behind its last.</param>
    /// <param name="cleaning">When rows of the frame are next looked at for their age; one timer is enough, as it is set anew when it comes too early.</param>
    private void Mark(int first, int end, long? cleaning)
    {
        if (end < _list.Count) SetTimerAt(_rows.Items[end].Time + FrameOutput.Delay);
        if (_list.Count == 0)
        {
            _marks.Clear();
            return;
        }

        if (cleaning is null && first < end && _bounds.Duration is { } duration)
        {
            cleaning = _rows.Items[first].Time + duration + FrameOutput.Delay;
            SetTimerAt(cleaning.Value);
        }

        _marks.Value = (first, end, cleaning);
    }
}
