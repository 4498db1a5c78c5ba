using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The sale of an auction when its life is over by the watermark. A bid whose auction has not come waits as long as that may come late.</summary>
internal sealed class Sales : KeyedCoProcess<long, AuctionLife, PricedBid, Sale>
{
    /// <summary>How long, in event time, a bid waits for its auction.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ValueState<AuctionLife> _auction;
    private readonly ValueState<PricedBid> _winner;
    private readonly ListState<PricedBid> _waiting;

    public Sales()
    {
        _auction = Value<AuctionLife>("auction");
        _winner = Value<PricedBid>("winner");
        _waiting = List<PricedBid>("waiting");
    }

    protected override void ProcessLeft(AuctionLife row)
    {
        _auction.Value = row;
        for (var i = 0; i < _waiting.Count; i++) Judge(_waiting[i]);
        _waiting.Clear();
        SetTimer(row.Expires + TimeSpan.FromMilliseconds(1));
    }

    protected override void ProcessRight(PricedBid row)
    {
        if (_auction.Exists)
        {
            Judge(row);
            return;
        }

        if (_waiting.Count == 0) SetTimer(row.DateTime + Patience);
        _waiting.Add(row);
    }

    protected override void OnTimer(DateTime time)
    {
        _waiting.Clear();
        if (!_auction.Exists || _auction.Value.Expires >= time) return;
        if (_winner.Exists) Emit(new Sale(_auction.Value.Category, _auction.Value.Seller, _winner.Value));
        _auction.Clear();
        _winner.Clear();
    }

    /// <summary>The sales of all auctions as a stream; the time of one is when it is known.</summary>
    public static Stream<Sale> Of(Stream<NexmarkEvent> events)
    {
        var auctions = events.Where(e => e.Kind == NexmarkKind.Auction).Select(e => new AuctionLife(e.Auction.Id, e.Auction.Category, e.Auction.Seller, e.Auction.DateTime, e.Auction.Expires));
        var bids = events.Where(e => e.Kind == NexmarkKind.Bid).Select(e => new PricedBid(e.Bid.Auction, e.Bid.Price, e.Bid.DateTime, e.Number));
        return auctions.KeyBy(a => a.Id).With(bids.KeyBy(b => b.Auction)).Process(() => new Sales());
    }

    private void Judge(in PricedBid bid)
    {
        if (bid.DateTime < _auction.Value.DateTime || bid.DateTime > _auction.Value.Expires) return;
        if (!_winner.Exists || bid.Beats(_winner.Value)) _winner.Value = bid;
    }
}
