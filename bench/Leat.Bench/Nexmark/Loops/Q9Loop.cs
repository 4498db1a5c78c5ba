namespace Leat.Bench.Nexmark;

/// <summary>Every auction that got a bid in its life, with the bid that wins: the final state of an updating query.</summary>
internal sealed class Q9Loop() : NexmarkLoop<Q9Row>("q9", """
    SELECT a.* EXCLUDE (n), b.auction, b.bidder, b.price, b.dateTime, b.extra FROM auction a JOIN bid b ON a.id = b.auction AND b.dateTime BETWEEN a.dateTime AND a.expires
    QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.dateTime, b.n) = 1
    """)
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        foreach (ref readonly var slot in new WinningBids(events).Run().Slots)
        {
            if (slot.Value.Winner == 0) continue;
            ref readonly var bid = ref events.Bids[slot.Value.Winner - 1];
            sink.Add(new Q9Row(events.Auctions[slot.Value.Auction - 1], new Q0Row(bid.Auction, bid.Bidder, bid.Price, bid.DateTime, bid.Extra)));
        }
    }
}
