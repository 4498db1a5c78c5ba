namespace Leat.Streams.Ranking;

/// <summary>Keeps the largest rows of a key; of equal ones those that came first. A rank that gets another row comes out.</summary>
internal sealed class TopFunction<TKey, T, TBy> : KeyedProcess<TKey, T, Ranked<TKey, T>>
    where TBy : IComparable<TBy>
{
    private readonly int _count;
    private readonly Func<T, TBy> _by;
    private readonly ListState<T> _top;

    public TopFunction(int count, Func<T, TBy> by)
    {
        (_count, _by) = (count, by);
        _top = List<T>("top");
    }

    protected internal override void Process(T row)
    {
        var by = _by(row);
        var rank = _top.Count;
        while (rank > 0 && _by(_top.Items[rank - 1]).CompareTo(by) < 0) rank--;
        if (rank == _count) return;
        if (_top.Count == _count) _top.RemoveAt(_count - 1);
        _top.Insert(rank, row);
        for (; rank < _top.Count; rank++) Emit(new Ranked<TKey, T>(Key, rank + 1, _top.Items[rank]));
    }
}
