using System.Collections.Immutable;
using Leat.Streams.Aggregates;

namespace Leat.Streams.Triggers;

/// <summary>Gathers the rows of a key by period of event time; a result comes out when the watermark passes the end of one. A row whose period was passed counts in the one that is open then.</summary>
internal sealed class PeriodFunction<TKey, T, TOut> : KeyedProcess<TKey, T, TOut>
{
    /// <summary>Id of what came out; no period ends then.</summary>
    private const long Total = long.MinValue;

    private readonly Trigger _trigger;
    private readonly Func<WindowedRow<TKey>, TOut> _select;
    private readonly GatheredState<T> _state;

    public PeriodFunction(Trigger trigger, ImmutableArray<Aggregate<T>> aggregates, Func<WindowedRow<TKey>, TOut> select)
    {
        (_trigger, _select) = (trigger, select);
        _state = Keep(new GatheredState<T>("gathered", aggregates));
    }

    private long Period => _trigger.EventPeriod.Ticks;

    protected internal override void Process(T row)
    {
        _state.Take(row, Ticks);
        var end = Periods.EndOf(Math.Max(Ticks, WatermarkTicks), Period);
        _state.Add(_state.SlotOf(end));
        SetTimerAt(end);
    }

    protected internal override void OnTimer(DateTime time)
    {
        var end = TicksOf(time);
        var slot = _state.SlotOf(end);
        if (!_trigger.IsPurging)
        {
            var total = _state.SlotOf(Total);
            _state.Add(total, slot);
            slot = total;
        }

        try
        {
            EmitAt(_select(new WindowedRow<TKey>(Key, (end - Period, end), _state.Columns, slot).As(_trigger.IsPurging ? Firing.Final : Firing.OnTime, end - 1)), end - 1);
        }
        finally
        {
            _ = _state.Remove(end);
        }
    }
}
