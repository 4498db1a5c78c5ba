namespace Leat.Streams.Joins;

/// <summary>
/// Each left row with the version of its key that was valid at its event time: the youngest right row that is not younger. It waits until the watermark has passed it, when all such versions have come.
/// Versions that came behind the watermark are late, as rows that needed them may be gone.
/// </summary>
internal sealed class TemporalJoin<TKey, TLeft, TRight, TOut> : KeyedCoProcess<TKey, TLeft, TRight, TOut>
{
    /// <summary>Ticks that a row comes out behind the watermark.</summary>
    public const long Delay = 1;

    private readonly JoinOutput<TLeft, TRight, TOut> _output;
    private readonly HeldRows<TLeft> _waiting;
    private readonly HeldRows<TRight> _versions;

    public TemporalJoin(JoinOutput<TLeft, TRight, TOut> output)
    {
        _output = output;
        _waiting = new HeldRows<TLeft>(List<Held<TLeft>>("waiting"));
        _versions = new HeldRows<TRight>(List<Held<TRight>>("versions"));
    }

    protected internal override void ProcessLeft(TLeft row)
    {
        if (IsLate)
        {
            Late();
            return;
        }

        _waiting.Add(Ticks, row, isMatched: false);
        SetTimerAt(Ticks + Delay);
    }

    protected internal override void ProcessRight(TRight row)
    {
        if (IsLate)
        {
            Late();
            return;
        }

        _versions.Add(Ticks, row, isMatched: false);
        SetTimerAt(Ticks + Delay);
    }

    protected internal override void OnTimer(DateTime time)
    {
        var now = TicksOf(time);
        var due = _waiting.IndexOf(now);
        for (var i = 0; i < due; i++)
        {
            ref readonly var row = ref _waiting.Items[i];
            var version = _versions.IndexOf(row.Time + 1) - 1;
            if (version >= 0) EmitAt(_output.Select(new Side<TLeft>(row.Row), new Side<TRight>(_versions.Items[version].Row)), row.Time);
            else if (_output.KeepsLeft) EmitAt(_output.Select(new Side<TLeft>(row.Row), default), row.Time);
        }

        _waiting.DropFirst(due);
        _versions.DropFirst(_versions.IndexOf(now) - 1);
    }
}
