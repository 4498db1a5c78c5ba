namespace Leat.Streams.Joins;

/// <summary>All pairs of rows of a key, whatever their times: rows are kept as long as the key lives.</summary>
internal sealed class RegularJoin<TKey, TLeft, TRight, TOut> : KeyedCoProcess<TKey, TLeft, TRight, TOut>
{
    private readonly Func<TLeft, TRight, TOut> _select;
    private readonly ListState<Held<TLeft>> _left;
    private readonly ListState<Held<TRight>> _right;

    public RegularJoin(Func<TLeft, TRight, TOut> select)
    {
        _select = select;
        _left = List<Held<TLeft>>("left");
        _right = List<Held<TRight>>("right");
    }

    protected internal override void ProcessLeft(TLeft row)
    {
        foreach (ref readonly var other in _right.Items) EmitAt(_select(row, other.Row), Math.Max(Ticks, other.Time));
        _left.Add(new Held<TLeft> { Time = Ticks, Row = row });
    }

    protected internal override void ProcessRight(TRight row)
    {
        foreach (ref readonly var other in _left.Items) EmitAt(_select(other.Row, row), Math.Max(Ticks, other.Time));
        _right.Add(new Held<TRight> { Time = Ticks, Row = row });
    }
}
