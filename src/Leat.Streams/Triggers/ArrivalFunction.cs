using System.Collections.Immutable;
using Leat.Streams.Aggregates;

namespace Leat.Streams.Triggers;

/// <summary>Gathers the rows of a key as they come; a result comes out after so many rows, or when the job's clock passes the end of a period.</summary>
internal sealed class ArrivalFunction<TKey, T, TOut> : KeyedProcess<TKey, T, TOut>
{
    private const long Gathered = 0;
    private readonly Trigger _trigger;
    private readonly Func<WindowedRow<TKey>, TOut> _select;
    private readonly GatheredState<T> _state;
    private readonly ValueState<Span> _spans;

    public ArrivalFunction(Trigger trigger, ImmutableArray<Aggregate<T>> aggregates, Func<WindowedRow<TKey>, TOut> select)
    {
        (_trigger, _select) = (trigger, select);
        _state = Keep(new GatheredState<T>("gathered", aggregates));
        _spans = Value<Span>("span");
    }

    protected internal override void Process(T row)
    {
        _state.Take(row, Ticks);
        var span = _spans.Value;
        var now = TicksOf(ProcessingTime);
        if (span.Due is { } due && due <= now)
        {
            Fire(span, due);
            span = _spans.Value;
        }

        _state.Add(_state.SlotOf(Gathered));
        span = span.With(Ticks);
        if (span.Due is null && _trigger.ClockPeriod > TimeSpan.Zero)
        {
            span = span with { Due = Periods.EndOf(now, _trigger.ClockPeriod.Ticks) };
            SetProcessingTimer(TimeOf(span.Due.Value));
        }

        _spans.Value = span;
        if (span.Rows == _trigger.RowCount) Fire(span, null);
    }

    protected internal override void OnProcessingTimer(DateTime time)
    {
        if (_spans.Value.Due == TicksOf(time)) Fire(_spans.Value, _spans.Value.Due);
    }

    /// <param name="span">Rows since the last result.</param>
    /// <param name="due">End of the period, where it was the clock.</param>
    private void Fire(Span span, long? due)
    {
        if (span.Due is { } set) _ = CancelProcessingTimer(TimeOf(set));
        var window = due is { } end && _trigger.RowCount == 0 ? (end - _trigger.ClockPeriod.Ticks, end) : (span.First, span.Last + 1);
        var result = new WindowedRow<TKey>(Key, window, _state.Columns, _state.SlotOf(Gathered));
        try
        {
            var at = Math.Max(due is null ? Ticks : span.Last, WatermarkTicks);
            EmitAt(_select(result.As(_trigger.IsPurging ? Firing.Final : Firing.Early, at)), at);
        }
        finally
        {
            Settle(span);
        }
    }

    private void Settle(Span span)
    {
        if (_trigger.IsPurging)
        {
            _ = _state.Remove(Gathered);
            _spans.Clear();
        }
        else
        {
            _spans.Value = span with { Rows = 0, Due = null };
        }
    }

    /// <param name="HasRows">There are times of rows.</param>
    /// <param name="First">Earliest time, ticks since 1970.</param>
    /// <param name="Last">Latest time.</param>
    /// <param name="Rows">Rows since the last result.</param>
    /// <param name="Due">When the clock lets a result come out.</param>
    private readonly record struct Span(bool HasRows, long First, long Last, long Rows, long? Due)
    {
        public Span With(long time) => this with { HasRows = true, First = HasRows ? Math.Min(First, time) : time, Last = HasRows ? Math.Max(Last, time) : time, Rows = Rows + 1 };
    }
}
