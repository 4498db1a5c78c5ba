using Leat.Streams;

namespace Leat.Bench.Nexmark;

internal sealed class Q1Query() : NexmarkQuery("q1")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => events
        .Where(e => e.Kind == NexmarkKind.Bid)
        .Select(e => new Q1Row(e.Bid.Auction, e.Bid.Bidder, e.Bid.Price * Q1Loop.Rate, e.Bid.DateTime, e.Bid.Extra))
        .ForEach(row => answer.Add(row));
}
