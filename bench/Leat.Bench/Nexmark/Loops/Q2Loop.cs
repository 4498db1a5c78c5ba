namespace Leat.Bench.Nexmark;

/// <summary>Bids on every 123rd auction.</summary>
internal sealed class Q2Loop() : NexmarkLoop<Q2Row>("q2", "SELECT auction, price FROM bid WHERE auction % 123 = 0")
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            if (bid.Auction % 123 == 0) sink.Add(new Q2Row(bid.Auction, bid.Price));
        }
    }
}
