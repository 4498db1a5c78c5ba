using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The callback writes the files, as the loop does.</summary>
internal sealed class Q10Query() : NexmarkQuery("q10")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer)
    {
        var files = answer.Own(new TemporaryCsvFiles());
        var calendar = default(CalendarTexts);
        events.Where(e => e.Kind == NexmarkKind.Bid)
            .Select(e => new Q10Row(e.Bid.Auction, e.Bid.Bidder, e.Bid.Price, e.Bid.DateTime, e.Bid.Extra, calendar.Day(e.Bid.DateTime), calendar.Minute(e.Bid.DateTime)))
            .ForEach(row =>
            {
                files.Write(row);
                answer.Add(row);
            });
    }
}
