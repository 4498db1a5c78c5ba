namespace Leat.Streams.Joins;

/// <summary>
/// Pairs of rows whose times are within bounds: right time minus left time from lower to upper bound, both inclusive. A pair comes out when its second row comes;
/// a row without partner when none can come any more. A row behind the watermark is late, whatever it would have met, so that the answer does not depend on when state is dropped.
/// </summary>
internal sealed class IntervalJoin<TKey, TLeft, TRight, TOut> : HeldJoin<TKey, TLeft, TRight, TOut>
{
    private readonly JoinBounds _bounds;

    public IntervalJoin(JoinBounds bounds, JoinOutput<TLeft, TRight, TOut> output)
        : base(output) => _bounds = bounds;

    protected internal override void ProcessLeft(TLeft row)
    {
        if (IsLate)
        {
            Late();
            return;
        }

        var first = RightRows.IndexOf(Ticks + _bounds.Lower);
        var at = first;
        for (; at < RightRows.Count && RightRows.Items[at].Time <= Ticks + _bounds.Upper; at++)
        {
            ref readonly var other = ref RightRows.Items[at];
            EmitAt(Output.Select(new Side<TLeft>(row), new Side<TRight>(other.Row)), Math.Max(Ticks, other.Time));
            if (Output.KeepsRight && !other.IsMatched) RightRows.MarkMatched(at);
        }

        LeftRows.Add(Ticks, row, at > first);
        SetTimerAt(_bounds.LeftUntil(Ticks));
    }

    protected internal override void ProcessRight(TRight row)
    {
        if (IsLate)
        {
            Late();
            return;
        }

        var first = LeftRows.IndexOf(Ticks - _bounds.Upper);
        var at = first;
        for (; at < LeftRows.Count && LeftRows.Items[at].Time <= Ticks - _bounds.Lower; at++)
        {
            ref readonly var other = ref LeftRows.Items[at];
            EmitAt(Output.Select(new Side<TLeft>(other.Row), new Side<TRight>(row)), Math.Max(Ticks, other.Time));
            if (Output.KeepsLeft && !other.IsMatched) LeftRows.MarkMatched(at);
        }

        RightRows.Add(Ticks, row, at > first);
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
        for (; gone < LeftRows.Count && _bounds.LeftUntil(LeftRows.Items[gone].Time) <= now; gone++)
        {
            ref readonly var held = ref LeftRows.Items[gone];
            if (Output.KeepsLeft && !held.IsMatched) EmitAt(Output.Select(new Side<TLeft>(held.Row), default), held.Time);
        }

        LeftRows.DropFirst(gone);
    }

    private void DropRight(long now)
    {
        var gone = 0;
        for (; gone < RightRows.Count && _bounds.RightUntil(RightRows.Items[gone].Time) <= now; gone++)
        {
            ref readonly var held = ref RightRows.Items[gone];
            if (Output.KeepsRight && !held.IsMatched) EmitAt(Output.Select(default, new Side<TRight>(held.Row)), held.Time);
        }

        RightRows.DropFirst(gone);
    }
}
