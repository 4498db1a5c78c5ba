using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>For each sale of a seller the average over it and the ten before, in the order of the winning bids. A sale that comes behind others changes their averages too.</summary>
internal sealed class SellerAverages : KeyedProcess<long, Sale, Replaced<Q6Row>>
{
    private const int Averaged = 11;
    private readonly ListState<(int Number, long Price)> _sales;

    public SellerAverages() => _sales = List<(int Number, long Price)>("sales");

    protected override void Process(Sale row)
    {
        var at = _sales.Count;
        while (at > 0 && _sales.Items[at - 1].Number > row.Bid.Number) at--;
        var end = Math.Min(_sales.Count, at + Averaged - 1);
        Span<long> before = stackalloc long[Averaged];
        for (var i = at; i < end; i++) before[i - at] = AverageAt(i);
        _sales.Insert(at, (row.Bid.Number, row.Bid.Price));
        Emit(new Replaced<Q6Row>(false, default, new Q6Row(Key, AverageAt(at))));
        for (var i = at; i < end; i++) Emit(new Replaced<Q6Row>(true, new Q6Row(Key, before[i - at]), new Q6Row(Key, AverageAt(i + 1))));
    }

    private long AverageAt(int index)
    {
        var first = Math.Max(0, index - Averaged + 1);
        var sum = 0L;
        foreach (ref readonly var sale in _sales.Items[first..(index + 1)]) sum += sale.Price;
        return sum / (index + 1 - first);
    }
}
