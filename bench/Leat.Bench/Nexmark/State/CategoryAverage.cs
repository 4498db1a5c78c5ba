using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>Average price of the sales of a category, at each sale.</summary>
internal sealed class CategoryAverage : KeyedProcess<long, Sale, Replaced<Q4Row>>
{
    private readonly ValueState<(long Sum, long Count)> _sales;

    public CategoryAverage() => _sales = Value<(long Sum, long Count)>("sales");

    protected override void Process(Sale row)
    {
        var (sum, count) = _sales.Value;
        var old = count == 0 ? default : new Q4Row(Key, sum / count);
        _sales.Value = (sum + row.Bid.Price, count + 1);
        Emit(new Replaced<Q4Row>(count > 0, old, new Q4Row(Key, (sum + row.Bid.Price) / (count + 1))));
    }
}
