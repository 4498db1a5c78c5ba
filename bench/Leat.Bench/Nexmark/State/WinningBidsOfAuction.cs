using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The winning bid of one auction: highest price, then earliest, then first to arrive, of the bids within its life. Forgotten when its life is over by the watermark.</summary>
internal sealed class WinningBidsOfAuction : KeyedCoProcess<long, Auction, Bid, WinnerChange>
{
    /// <summary>How long, in event time, a bid waits for its auction.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ValueState<Auction> _auction;
    private readonly ValueState<Bid> _winner;
    private readonly ListState<Bid> _waiting;

    public WinningBidsOfAuction()
    {
        _auction = Value<Auction>("auction");
        _winner = Value<Bid>("winner");
        _waiting = List<Bid>("waiting");
    }

    protected override void ProcessLeft(Auction row)
    {
        _auction.Value = row;
        for (var i = 0; i < _waiting.Count; i++) Judge(_waiting[i]);
        _waiting.Clear();
        SetTimer(row.Expires + TimeSpan.FromMilliseconds(1));
    }

    protected override void ProcessRight(Bid row)
    {
        if (_auction.Exists) Judge(row);
        else Wait(row);
    }

    protected override void OnTimer(DateTime time)
    {
        _waiting.Clear();
        if (!_auction.Exists || _auction.Value.Expires >= time) return;
        _auction.Clear();
        _winner.Clear();
    }

    /// <summary>A bid whose auction has not come waits as long as that may come late.</summary>
    private void Wait(Bid row)
    {
        _waiting.Add(row);
        SetTimer(row.DateTime + Patience);
    }

    private void Judge(Bid bid)
    {
        var auction = _auction.Value;
        if (bid.DateTime < auction.DateTime || bid.DateTime > auction.Expires) return;
        if (_winner.Exists && !Beats(bid, _winner.Value)) return;
        Emit(new WinnerChange(auction, new Replaced<Bid>(_winner.Exists, _winner.Value, bid)));
        _winner.Value = bid;
    }

    private static bool Beats(in Bid bid, in Bid winner) => bid.Price != winner.Price ? bid.Price > winner.Price : bid.DateTime < winner.DateTime;
}
