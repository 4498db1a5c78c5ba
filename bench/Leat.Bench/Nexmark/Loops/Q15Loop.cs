namespace Leat.Bench.Nexmark;

/// <summary>Bids, distinct bidders and distinct auctions of a day, in all and by rank of price: the final state of an updating query.</summary>
internal sealed class Q15Loop() : NexmarkLoop<Q15Row>("q15", $"SELECT strftime(dateTime, '%Y-%m-%d') AS day, {RankSql.Counts}, {RankSql.Distinct("bidder")}, {RankSql.Distinct("auction")} FROM bid GROUP BY day")
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var days = new RankGroups<long>();
        var calendar = default(CalendarTexts);
        var bids = events.Bids;
        foreach (var slot in events.Slots)
            if (slot.Kind == NexmarkKind.Bid) days.Count(bids[slot.Index].DateTime.Ticks / TimeSpan.TicksPerDay, bids[slot.Index]);
        foreach (var (_, counts) in days.All())
            sink.Add(new Q15Row(calendar.Day(counts.LastBid), counts.Bids, counts.Bidders, counts.Auctions));
    }
}
