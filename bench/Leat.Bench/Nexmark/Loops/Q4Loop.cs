namespace Leat.Bench.Nexmark;

/// <summary>Average of the winning prices by category: the final state of an updating query.</summary>
internal sealed class Q4Loop() : NexmarkLoop<Q4Row>("q4", """
    SELECT category, (sum(final) // count(*))::BIGINT FROM (
        SELECT a.id, a.category, max(b.price) AS final FROM auction a JOIN bid b ON a.id = b.auction AND b.dateTime BETWEEN a.dateTime AND a.expires
        GROUP BY a.id, a.category)
    GROUP BY category
    """)
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var categories = new LoopMap<long, SumState>();
        foreach (ref readonly var slot in new WinningBids(events).Run().Slots)
        {
            if (slot.Value.Winner == 0) continue;
            ref var state = ref categories[events.Auctions[slot.Value.Auction - 1].Category];
            state.Sum += events.Bids[slot.Value.Winner - 1].Price;
            state.Count++;
        }

        foreach (ref readonly var slot in categories.Slots)
            if (slot.IsUsed) sink.Add(new Q4Row(slot.Key, slot.Value.Sum / slot.Value.Count));
    }
}
