using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>All three are kept for ever; the two smaller streams are joined first.</summary>
internal sealed class Q23Query() : NexmarkQuery("q23")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer)
    {
        var sellers = People(events).KeyBy(p => p.Id).With(Auctions(events).KeyBy(a => a.Seller)).Join((person, auction) => (Person: person, Auction: auction));
        Bids(events).KeyBy(b => b.Bidder).With(sellers.KeyBy(s => s.Person.Id)).Join((bid, seller) => new Q23Row(bid, seller.Person, seller.Auction)).ForEach(row => answer.Add(row));
    }
}
