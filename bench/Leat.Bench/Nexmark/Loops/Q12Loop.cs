namespace Leat.Bench.Nexmark;

/// <summary>Bids of a bidder in windows of 10 s of processing time, which is the manual clock's.</summary>
internal sealed class Q12Loop() : NexmarkLoop<Q12Row>("q12", """
    SELECT bidder, count(*), make_timestamp(w * 10000000), make_timestamp((w + 1) * 10000000) FROM (SELECT bidder, processing_ms(n) // 10000 AS w FROM bid) GROUP BY bidder, w
    """)
{
    private const long WindowTicks = 10 * TimeSpan.TicksPerSecond;

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var counts = new LoopMap<long, long>();
        var end = 0L;
        var (bids, slots, clock) = (events.Bids, events.Slots, events.Clock);
        for (var number = 0; number < slots.Length; number++)
        {
            if (slots[number].Kind != NexmarkKind.Bid) continue;
            var ticks = clock.At(number).Ticks;
            if (ticks >= end)
            {
                GiveOut(counts, end, ref sink);
                end = (ticks / WindowTicks + 1) * WindowTicks;
            }

            counts[bids[slots[number].Index].Bidder]++;
        }

        GiveOut(counts, end, ref sink);
    }

    private static void GiveOut<TSink>(LoopMap<long, long> counts, long end, ref TSink sink)
        where TSink : struct, IRowSink<Q12Row>
    {
        foreach (ref readonly var slot in counts.Slots)
            if (slot.IsUsed) sink.Add(new Q12Row(slot.Key, slot.Value, new DateTime(end - WindowTicks, DateTimeKind.Utc), new DateTime(end, DateTimeKind.Utc)));
        counts.Clear();
    }
}
