namespace Leat.Bench.Nexmark;

/// <summary>As q15, of a channel and day, and the last minute with a bid.</summary>
internal sealed class Q16Loop() : NexmarkLoop<Q16Row>("q16", $"""
    SELECT channel, strftime(dateTime, '%Y-%m-%d') AS day, max(strftime(dateTime, '%H:%M')), {RankSql.Counts}, {RankSql.Distinct("bidder")}, {RankSql.Distinct("auction")}
    FROM bid GROUP BY channel, day
    """)
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var groups = new RankGroups<ChannelDay>();
        var calendar = default(CalendarTexts);
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            groups.Count(new ChannelDay(bid.Channel, bid.DateTime.Ticks / TimeSpan.TicksPerDay), bid);
        }

        foreach (var (key, counts) in groups.All())
            sink.Add(new Q16Row(key.Channel, calendar.Day(counts.LastBid), calendar.Minute(counts.LastBid), counts.Bids, counts.Bidders, counts.Auctions));
    }
}
