using Leat.Streams;

namespace Leat.Bench.Nexmark;

internal sealed class Q2Query() : NexmarkQuery("q2")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => events
        .Where(e => e.Kind == NexmarkKind.Bid && e.Bid.Auction % 123 == 0)
        .Select(e => new Q2Row(e.Bid.Auction, e.Bid.Price))
        .ForEach(row => answer.Add(row));
}
