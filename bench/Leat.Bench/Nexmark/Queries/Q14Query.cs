using Leat.Streams;

namespace Leat.Bench.Nexmark;

internal sealed class Q14Query() : NexmarkQuery("q14")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => events
        .Where(e => e.Kind == NexmarkKind.Bid && e.Bid.Price * Q1Loop.Rate is > 1_000_000_000 and < 50_000_000_000)
        .Select(e => new Q14Row(e.Bid.Auction, e.Bid.Bidder, e.Bid.Price * Q1Loop.Rate, Q14Loop.TimeType(e.Bid.DateTime), e.Bid.DateTime, e.Bid.Extra, e.Bid.Extra.Bytes.Count((byte)'c')))
        .ForEach(row => answer.Add(row));
}
