using Leat.Streams;

namespace Leat.Bench.Nexmark;

internal sealed class Q0Query() : NexmarkQuery("q0")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => events
        .Where(e => e.Kind == NexmarkKind.Bid)
        .Select(e => new Q0Row(e.Bid.Auction, e.Bid.Bidder, e.Bid.Price, e.Bid.DateTime, e.Bid.Extra))
        .ForEach(row => answer.Add(row));
}
