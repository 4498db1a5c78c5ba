namespace Leat.Bench.Nexmark;

/// <summary>Prices of an auction and day: the final state of an updating query.</summary>
internal sealed class Q17Loop() : NexmarkLoop<Q17Row>("q17", $"""
    SELECT auction, strftime(dateTime, '%Y-%m-%d') AS day, {RankSql.Counts}, min(price), max(price), (sum(price) // count(*))::BIGINT, sum(price)::BIGINT FROM bid GROUP BY auction, day
    """)
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var groups = new LoopMap<LongPair, PriceGroup>();
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            groups[new LongPair(bid.Auction, bid.DateTime.Ticks / TimeSpan.TicksPerDay)].Add(bid.Price);
        }

        var calendar = default(CalendarTexts);
        foreach (ref readonly var slot in groups.Slots)
        {
            if (!slot.IsUsed) continue;
            var day = calendar.Day(new DateTime(slot.Key.Second * TimeSpan.TicksPerDay));
            ref readonly var group = ref slot.Value;
            sink.Add(new Q17Row(slot.Key.First, day, group.Bids, group.Lowest, group.Highest, group.Sum / group.Bids.Total, group.Sum));
        }
    }
}
