using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The auctions with the most bids of a window, when all counts of it have come.</summary>
internal sealed class LargestCounts : KeyedProcess<DateTime, AuctionCount, Q5Row>
{
    private readonly ListState<(long Auction, long Bids)> _largest;

    public LargestCounts() => _largest = List<(long Auction, long Bids)>("largest");

    protected override void Process(AuctionCount row)
    {
        if (_largest.Count > 0 && row.Bids < _largest[0].Bids) return;
        if (_largest.Count > 0 && row.Bids > _largest[0].Bids) _largest.Clear();
        if (_largest.Count == 0) SetTimer(row.End);
        _largest.Add((row.Auction, row.Bids));
    }

    protected override void OnTimer(DateTime time)
    {
        foreach (var (auction, bids) in _largest.Items) Emit(new Q5Row(auction, bids));
        _largest.Clear();
    }
}
