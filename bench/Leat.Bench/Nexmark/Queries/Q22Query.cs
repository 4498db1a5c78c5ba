using Leat.Streams;

namespace Leat.Bench.Nexmark;

internal sealed class Q22Query() : NexmarkQuery("q22")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => events
        .Where(e => e.Kind == NexmarkKind.Bid)
        .Select(e =>
        {
            var parts = TextParts.Three(e.Bid.Url, 3);
            return new Q22Row(e.Bid.Auction, e.Bid.Bidder, e.Bid.Price, e.Bid.Channel, parts.First, parts.Second, parts.Third);
        })
        .ForEach(row => answer.Add(row));
}
