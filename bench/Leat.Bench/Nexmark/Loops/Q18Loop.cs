namespace Leat.Bench.Nexmark;

/// <summary>The last bid of each bidder on each auction; of bids of the same millisecond the last to arrive. The final state of an updating query.</summary>
internal sealed class Q18Loop() : NexmarkLoop<Q18Row>("q18", """
    SELECT * EXCLUDE (n) FROM bid QUALIFY row_number() OVER (PARTITION BY bidder, auction ORDER BY dateTime DESC, n DESC) = 1
    """)
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var last = new LoopMap<LongPair, int>();
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            last[new LongPair(bid.Bidder, bid.Auction)] = slot.Index;
        }

        foreach (ref readonly var slot in last.Slots)
            if (slot.IsUsed) sink.Add(new Q18Row(bids[slot.Value]));
    }
}
