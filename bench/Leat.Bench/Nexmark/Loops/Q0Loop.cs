namespace Leat.Bench.Nexmark;

/// <summary>Every bid as it is: what passing events through costs.</summary>
internal sealed class Q0Loop() : NexmarkLoop<Q0Row>("q0", "SELECT auction, bidder, price, dateTime, extra FROM bid")
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            sink.Add(new Q0Row(bid.Auction, bid.Bidder, bid.Price, bid.DateTime, bid.Extra));
        }
    }
}
