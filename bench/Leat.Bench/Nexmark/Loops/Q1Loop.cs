namespace Leat.Bench.Nexmark;

/// <summary>Dollars to euros: 0.908 of the price, exact to thousandths of a cent.</summary>
internal sealed class Q1Loop() : NexmarkLoop<Q1Row>("q1", "SELECT auction, bidder, (0.908 * price)::DECIMAL(18, 3), dateTime, extra FROM bid")
{
    /// <summary>0.908 as thousandths.</summary>
    public const long Rate = 908;

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            sink.Add(new Q1Row(bid.Auction, bid.Bidder, bid.Price * Rate, bid.DateTime, bid.Extra));
        }
    }
}
