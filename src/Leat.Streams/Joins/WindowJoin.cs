namespace Leat.Streams.Joins;

/// <summary>Pairs of rows in the same window, when the window closes. Rows of a window that is closed are late.</summary>
/// <remarks>Windows do not overlap, so what is before the end of the oldest open one belongs to it.</remarks>
internal sealed class WindowJoin<TKey, TLeft, TRight, TOut> : HeldJoin<TKey, TLeft, TRight, TOut>
{
    private readonly long _size;

    public WindowJoin(long size, JoinOutput<TLeft, TRight, TOut> output)
        : base(output) => _size = size;

    protected internal override void ProcessLeft(TLeft row)
    {
        if (IsOpen()) LeftRows.Add(Ticks, row, isMatched: false);
    }

    protected internal override void ProcessRight(TRight row)
    {
        if (IsOpen()) RightRows.Add(Ticks, row, isMatched: false);
    }

    protected internal override void OnTimer(DateTime time)
    {
        var end = TicksOf(time);
        var (left, right) = (LeftRows.IndexOf(end), RightRows.IndexOf(end));
        foreach (ref readonly var a in LeftRows.Items[..left])
        {
            foreach (ref readonly var b in RightRows.Items[..right]) EmitAt(Output.Select(new Side<TLeft>(a.Row), new Side<TRight>(b.Row)), end - 1);
            if (right == 0 && Output.KeepsLeft) EmitAt(Output.Select(new Side<TLeft>(a.Row), default), end - 1);
        }

        if (left == 0 && Output.KeepsRight)
            foreach (ref readonly var b in RightRows.Items[..right]) EmitAt(Output.Select(default, new Side<TRight>(b.Row)), end - 1);
        LeftRows.DropFirst(left);
        RightRows.DropFirst(right);
    }

    private bool IsOpen()
    {
        var rest = Ticks % _size;
        var end = Ticks - (rest < 0 ? rest + _size : rest) + _size;
        if (end <= WatermarkTicks)
        {
            Late();
            return false;
        }

        SetTimerAt(end);
        return true;
    }
}
