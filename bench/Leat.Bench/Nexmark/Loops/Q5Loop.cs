namespace Leat.Bench.Nexmark;

/// <summary>Auctions with the most bids in windows of 10 s every 2 s: counts a pane of 2 s, five panes added up a window.</summary>
internal sealed class Q5Loop() : NexmarkLoop<Q5Row>("q5", """
    WITH counts AS (
        SELECT auction, pane - i AS w, count(*) AS num FROM (SELECT auction, epoch_ms(dateTime) // 2000 AS pane FROM bid), range(5) r(i) GROUP BY auction, w)
    SELECT auction, num FROM counts QUALIFY num >= max(num) OVER (PARTITION BY w)
    """)
{
    private const long PaneTicks = 2 * TimeSpan.TicksPerSecond;
    private const int PanesAWindow = 5;

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var panes = new LoopMap<long, long>[PanesAWindow];
        for (var i = 0; i < PanesAWindow; i++) panes[i] = new LoopMap<long, long>();
        var sums = new LoopMap<long, long>();
        var (open, bids) = (-1L, events.Bids);
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            var pane = bid.DateTime.Ticks / PaneTicks;
            if (pane != open)
            {
                if (open >= 0) Close(panes, sums, (open, pane), ref sink);
                open = pane;
            }

            panes[pane % PanesAWindow][bid.Auction]++;
        }

        if (open >= 0) Close(panes, sums, (open, open + PanesAWindow), ref sink);
    }

    /// <summary>Gives out the windows that end with a pane from <c>From</c> to <c>ToExcl</c>, and empties the panes that are then in none.</summary>
    private static void Close<TSink>(LoopMap<long, long>[] panes, LoopMap<long, long> sums, (long From, long ToExcl) last, ref TSink sink)
        where TSink : struct, IRowSink<Q5Row>
    {
        for (var end = last.From; end < Math.Min(last.ToExcl, last.From + PanesAWindow); end++)
        {
            GiveOut(panes, sums, ref sink);
            panes[(end + 1) % PanesAWindow].Clear();
        }
    }

    private static void GiveOut<TSink>(LoopMap<long, long>[] panes, LoopMap<long, long> sums, ref TSink sink)
        where TSink : struct, IRowSink<Q5Row>
    {
        sums.Clear();
        var most = 0L;
        foreach (var pane in panes)
        {
            foreach (ref readonly var slot in pane.Slots)
                if (slot.IsUsed) most = Math.Max(most, sums[slot.Key] += slot.Value);
        }

        foreach (ref readonly var slot in sums.Slots)
            if (slot.IsUsed && slot.Value >= most) sink.Add(new Q5Row(slot.Key, slot.Value));
    }
}
