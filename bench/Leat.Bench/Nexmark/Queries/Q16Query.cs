using Leat.Core;
using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The counts of a channel and day replace those before, a second of event time later at most.</summary>
internal sealed class Q16Query() : NexmarkQuery("q16")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer)
    {
        var calendar = default(CalendarTexts);
        Bids(events).KeyBy(b => (b.Channel, b.DateTime.Ticks / TimeSpan.TicksPerDay), names: ["channel", "day"])
            .Process(() => new RankedGroup<(Text, long)>())
            .ForEach(change =>
            {
                if (change.HasOld) answer.Retract(Row(change.Old));
                answer.Add(Row(change.New));
            });

        Q16Row Row(in KeyedRanks<(Text Channel, long Day)> ranks) =>
            new(ranks.Key.Channel, calendar.Day(ranks.Counts.LastBid), calendar.Minute(ranks.Counts.LastBid), ranks.Counts.Bids, ranks.Counts.Bidders, ranks.Counts.Auctions);
    }
}
