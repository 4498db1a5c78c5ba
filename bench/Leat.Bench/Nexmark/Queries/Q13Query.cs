using Leat.Streams;

namespace Leat.Bench.Nexmark;

internal sealed class Q13Query() : NexmarkQuery("q13")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer)
    {
        var side = job.Table("side_input", Enumerable.Range(0, Q13Loop.SideRows).Select(i => (Key: (long)i, Value: Q13Loop.Value(i))), row => row.Key);
        events.Where(e => e.Kind == NexmarkKind.Bid)
            .Lookup(side, e => e.Bid.Auction % Q13Loop.SideRows, (e, row) => new Q13Row(e.Bid.Auction, e.Bid.Bidder, e.Bid.Price, e.Bid.DateTime, row.Value))
            .ForEach(row => answer.Add(row));
    }
}
