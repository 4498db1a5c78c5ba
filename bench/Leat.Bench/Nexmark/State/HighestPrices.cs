using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The bids with the highest price of a window, when its last millisecond is over.</summary>
internal sealed class HighestPrices : KeyedProcess<DateTime, WindowBid, Q0Row>
{
    private readonly ValueState<long> _highest;
    private readonly ListState<Q0Row> _bids;

    public HighestPrices()
    {
        _highest = Value<long>("highest");
        _bids = List<Q0Row>("bids");
    }

    protected override void Process(WindowBid row)
    {
        ref readonly var bid = ref row.Event.Bid;
        if (bid.Price < _highest.Value) return;
        if (_bids.Count == 0) SetTimer(row.End + TimeSpan.FromMilliseconds(1));
        if (row.IsInside && bid.Price > _highest.Value)
        {
            _highest.Value = bid.Price;
            for (var i = _bids.Count - 1; i >= 0; i--)
                if (_bids[i].Price < bid.Price) _bids.RemoveAt(i);
        }

        _bids.Add(new Q0Row(bid.Auction, bid.Bidder, bid.Price, bid.DateTime, bid.Extra));
    }

    protected override void OnTimer(DateTime time)
    {
        foreach (ref readonly var bid in _bids.Items)
            if (bid.Price == _highest.Value) Emit(bid);
        _bids.Clear();
        _highest.Clear();
    }
}
