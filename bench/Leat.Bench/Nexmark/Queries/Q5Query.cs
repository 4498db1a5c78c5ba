using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>Counts by auction in windows over shared slices, then the largest of each window.</summary>
internal sealed class Q5Query() : NexmarkQuery("q5")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => events
        .Where(e => e.Kind == NexmarkKind.Bid)
        .Select(e => e.Bid.Auction)
        .KeyBy(auction => auction)
        .Hopping(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2))
        .Count()
        .Select(w => new AuctionCount(w.End, w.Key, w.Get<long>(0)))
        .KeyBy(c => c.End)
        .Process(() => new LargestCounts())
        .ForEach(row => answer.Add(row));
}
