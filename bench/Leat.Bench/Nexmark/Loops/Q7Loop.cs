namespace Leat.Bench.Nexmark;

/// <summary>Bids of the highest price of each 10 s. As published, the join takes both ends of the window in: a bid in the first millisecond after a window counts for it too.</summary>
internal sealed class Q7Loop() : NexmarkLoop<Q0Row>("q7", """
    SELECT auction, bidder, price, dateTime, extra FROM bid
    JOIN (SELECT max(price) AS top, (epoch_ms(dateTime) // 10000 + 1) * 10000 AS e FROM bid GROUP BY e) ON price = top AND epoch_ms(dateTime) BETWEEN e - 10000 AND e
    """)
{
    private const long WindowTicks = 10 * TimeSpan.TicksPerSecond;

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var (end, top, endBefore, topBefore) = (0L, 0L, 0L, 0L);
        var best = new List<int>();
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            var ticks = bid.DateTime.Ticks;
            if (ticks >= end)
            {
                GiveOut(events, best, ref sink);
                (endBefore, topBefore) = (end, top);
                (end, top) = ((ticks / WindowTicks + 1) * WindowTicks, 0);
            }

            if (ticks == endBefore && bid.Price == topBefore) sink.Add(Row(bid));
            if (bid.Price < top) continue;
            if (bid.Price > top) best.Clear();
            top = bid.Price;
            best.Add(slot.Index);
        }

        GiveOut(events, best, ref sink);
    }

    private static void GiveOut<TSink>(NexmarkEvents events, List<int> best, ref TSink sink)
        where TSink : struct, IRowSink<Q0Row>
    {
        foreach (var index in best) sink.Add(Row(events.Bids[index]));
        best.Clear();
    }

    private static Q0Row Row(in Bid bid) => new(bid.Auction, bid.Bidder, bid.Price, bid.DateTime, bid.Extra);
}
