namespace Leat.Streams.Joins;

/// <summary>Pairs of rows in the same window, when the window closes. Rows of a window that is closed are late.</summary>
/// <remarks>Windows do not overlap, so what is before the end of the oldest open one belongs to it.</remarks>
internal sealed class WindowJoin<TKey, TLeft, TRight, TOut> : KeyedCoProcess<TKey, TLeft, TRight, TOut>
{
    private readonly long _size;
    private readonly JoinOutput<TLeft, TRight, TOut> _output;
    private readonly HeldRows<TLeft> _left;
    private readonly HeldRows<TRight> _right;

    public WindowJoin(long size, JoinOutput<TLeft, TRight, TOut> output)
    {
        (_size, _output) = (size, output);
        _left = new HeldRows<TLeft>(List<Held<TLeft>>("left"));
        _right = new HeldRows<TRight>(List<Held<TRight>>("right"));
    }

    protected internal override void ProcessLeft(TLeft row)
    {
        if (IsOpen()) _left.Add(Ticks, row, isMatched: false);
    }

    protected internal override void ProcessRight(TRight row)
    {
        if (IsOpen()) _right.Add(Ticks, row, isMatched: false);
    }

    protected internal override void OnTimer(DateTime time)
    {
        var end = TicksOf(time);
        var (left, right) = (_left.IndexOf(end), _right.IndexOf(end));
        foreach (ref readonly var a in _left.Items[..left])
        {
            foreach (ref readonly var b in _right.Items[..right]) EmitAt(_output.Select(new Side<TLeft>(a.Row), new Side<TRight>(b.Row)), end - 1);
            if (right == 0 && _output.KeepsLeft) EmitAt(_output.Select(new Side<TLeft>(a.Row), default), end - 1);
        }

        if (left == 0 && _output.KeepsRight)
            foreach (ref readonly var b in _right.Items[..right]) EmitAt(_output.Select(default, new Side<TRight>(b.Row)), end - 1);
        _left.DropFirst(left);
        _right.DropFirst(right);
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
