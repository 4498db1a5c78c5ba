using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>Both sides are kept for ever.</summary>
internal sealed class Q20Query() : NexmarkQuery("q20")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => Bids(events).KeyBy(b => b.Auction)
        .With(Auctions(events).Where(a => a.Category == 10).KeyBy(a => a.Id))
        .Join((bid, auction) => new Q20Row(bid, auction))
        .ForEach(row => answer.Add(row));
}
