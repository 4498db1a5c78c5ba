using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The winning bid of each auction, whenever there is a better one.</summary>
internal sealed class Q9Query() : NexmarkQuery("q9")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => Auctions(events).KeyBy(a => a.Id)
        .With(Bids(events).KeyBy(b => b.Auction))
        .Process(() => new WinningBidsOfAuction())
        .ForEach(change =>
        {
            if (change.Bids.HasOld) answer.Retract(Row(change.Auction, change.Bids.Old));
            answer.Add(Row(change.Auction, change.Bids.New));
        });

    private static Q9Row Row(in Auction auction, in Bid bid) => new(auction, new Q0Row(bid.Auction, bid.Bidder, bid.Price, bid.DateTime, bid.Extra));
}
