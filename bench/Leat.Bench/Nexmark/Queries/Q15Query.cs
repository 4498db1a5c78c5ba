using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The counts of a day replace those before, a second of event time later at most.</summary>
internal sealed class Q15Query() : NexmarkQuery("q15")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer)
    {
        var calendar = default(CalendarTexts);
        Bids(events).KeyBy(b => b.DateTime.Ticks / TimeSpan.TicksPerDay, names: ["day"])
            .Process(() => new RankedGroup<long>())
            .ForEach(change =>
            {
                if (change.HasOld) answer.Retract(Row(change.Old.Counts));
                answer.Add(Row(change.New.Counts));
            });

        Q15Row Row(in RankGroup counts) => new(calendar.Day(counts.LastBid), counts.Bids, counts.Bidders, counts.Auctions);
    }
}
