using Leat.Streams.Joins;

namespace Leat.Streams.Ordering;

/// <summary>Holds rows back until the watermark has passed them, and gives those of a key in order of event time; rows of the same time in the order in which they came. Rows behind the watermark are late.</summary>
internal sealed class InOrder<TKey, T> : KeyedProcess<TKey, T, T>
{
    /// <summary>Ticks that a row comes out behind the watermark.</summary>
    public const long Delay = 1;

    private readonly HeldRows<T> _waiting;

    public InOrder() => _waiting = new HeldRows<T>(List<Held<T>>("waiting"));

    protected internal override void Process(T row)
    {
        if (IsLate)
        {
            Late();
            return;
        }

        _waiting.Add(Ticks, row, isMatched: false);
        if (_waiting.Oldest == Ticks) SetTimerAt(Ticks + Delay);
    }

    protected internal override void OnTimer(DateTime time)
    {
        var due = _waiting.IndexOf(Math.Max(TicksOf(time), WatermarkTicks));
        foreach (ref readonly var held in _waiting.Items[..due]) EmitAt(held.Row, held.Time);
        _waiting.DropFirst(due);
        if (_waiting.Count > 0) SetTimerAt(_waiting.Oldest + Delay);
    }
}
