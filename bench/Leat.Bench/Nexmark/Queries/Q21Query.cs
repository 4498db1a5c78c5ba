using Leat.Streams;

namespace Leat.Bench.Nexmark;

internal sealed class Q21Query() : NexmarkQuery("q21")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => events
        .Where(e => e.Kind == NexmarkKind.Bid)
        .Select(e => Q21Loop.TryHot(e.Bid.Channel, out var id) || Q21Loop.TryUrl(e.Bid.Url, out id) ? new Q21Row(e.Bid.Auction, e.Bid.Bidder, e.Bid.Price, e.Bid.Channel, id) : default)
        .Where(row => !row.ChannelId.IsEmpty)
        .ForEach(row => answer.Add(row));
}
