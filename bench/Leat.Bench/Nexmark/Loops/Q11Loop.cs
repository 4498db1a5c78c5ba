namespace Leat.Bench.Nexmark;

/// <summary>Sessions of a bidder: bids less than 10 s apart belong together, as Leat's sessions have it; exactly 10 s apart they are two.</summary>
internal sealed class Q11Loop() : NexmarkLoop<Q11Row>("q11", """
    SELECT bidder, count(*), min(dateTime), max(dateTime) + INTERVAL 10 SECOND FROM (
        SELECT bidder, dateTime, sum(starts) OVER (PARTITION BY bidder ORDER BY dateTime, n) AS session FROM (
            SELECT bidder, dateTime, n, (dateTime - lag(dateTime, 1, '1970-01-01') OVER (PARTITION BY bidder ORDER BY dateTime, n) >= INTERVAL 10 SECOND)::INTEGER AS starts FROM bid))
    GROUP BY bidder, session
    """)
{
    private const long GapTicks = 10 * TimeSpan.TicksPerSecond;

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var sessions = new LoopMap<long, SessionState>();
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            var ticks = bid.DateTime.Ticks;
            ref var state = ref sessions[bid.Bidder];
            if (ticks - state.Last >= GapTicks)
            {
                if (state.Count > 0) sink.Add(Row(bid.Bidder, state));
                state = new SessionState { First = ticks };
            }

            state.Last = ticks;
            state.Count++;
        }

        foreach (ref readonly var slot in sessions.Slots)
            if (slot.IsUsed) sink.Add(Row(slot.Key, slot.Value));
    }

    private static Q11Row Row(long bidder, in SessionState state) => new(bidder, state.Count, new DateTime(state.First, DateTimeKind.Utc), new DateTime(state.Last + GapTicks, DateTimeKind.Utc));
}
