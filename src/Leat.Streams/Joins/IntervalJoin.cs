namespace Leat.Streams.Joins;

/// <summary>
/// Pairs of rows whose times are within bounds: right time minus left time from lower to upper bound, both inclusive. A pair comes out when its second row comes;
/// a row without partner when none can come any more. A row behind the watermark is late, whatever it would have met, so that the answer does not depend on when state is dropped.
/// </summary>
internal sealed class IntervalJoin<TKey, TLeft, TRight, TOut> : KeyedCoProcess<TKey, TLeft, TRight, TOut>
{
    private readonly JoinBounds _bounds;
    private readonly JoinOutput<TLeft, TRight, TOut> _output;
    private readonly HeldRows<TLeft> _left;
    private readonly HeldRows<TRight> _right;

    public IntervalJoin(JoinBounds bounds, JoinOutput<TLeft, TRight, TOut> output)
    {
        (_bounds, _output) = (bounds, output);
        _left = new HeldRows<TLeft>(List<Held<TLeft>>("left"));
        _right = new HeldRows<TRight>(List<Held<TRight>>("right"));
    }

    protected internal override void ProcessLeft(TLeft row)
    {
        if (IsLate)
        {
            Late();
            return;
        }

        var first = _right.IndexOf(Ticks + _bounds.Lower);
        var at = first;
        for (; at < _right.Count && _right.Items[at].Time <= Ticks + _bounds.Upper; at++)
        {
            ref readonly var other = ref _right.Items[at];
            EmitAt(_output.Select(new Side<TLeft>(row), new Side<TRight>(other.Row)), Math.Max(Ticks, other.Time));
            if (_output.KeepsRight && !other.IsMatched) _right.MarkMatched(at);
        }

        _left.Add(Ticks, row, at > first);
        SetTimerAt(_bounds.LeftUntil(Ticks));
    }

    protected internal override void ProcessRight(TRight row)
    {
        if (IsLate)
        {
            Late();
            return;
        }

        var first = _left.IndexOf(Ticks - _bounds.Upper);
        var at = first;
        for (; at < _left.Count && _left.Items[at].Time <= Ticks - _bounds.Lower; at++)
        {
            ref readonly var other = ref _left.Items[at];
            EmitAt(_output.Select(new Side<TLeft>(other.Row), new Side<TRight>(row)), Math.Max(Ticks, other.Time));
            if (_output.KeepsLeft && !other.IsMatched) _left.MarkMatched(at);
        }

        _right.Add(Ticks, row, at > first);
        SetTimerAt(_bounds.RightUntil(Ticks));
    }

    protected internal override void OnTimer(DateTime time)
    {
        DropLeft(TicksOf(time));
        DropRight(TicksOf(time));
    }

    private void DropLeft(long now)
    {
        var gone = 0;
        for (; gone < _left.Count && _bounds.LeftUntil(_left.Items[gone].Time) <= now; gone++)
        {
            ref readonly var held = ref _left.Items[gone];
            if (_output.KeepsLeft && !held.IsMatched) EmitAt(_output.Select(new Side<TLeft>(held.Row), default), held.Time);
        }

        _left.DropFirst(gone);
    }

    private void DropRight(long now)
    {
        var gone = 0;
        for (; gone < _right.Count && _bounds.RightUntil(_right.Items[gone].Time) <= now; gone++)
        {
            ref readonly var held = ref _right.Items[gone];
            if (_output.KeepsRight && !held.IsMatched) EmitAt(_output.Select(default, new Side<TRight>(held.Row)), held.Time);
        }

        _right.DropFirst(gone);
    }
}
