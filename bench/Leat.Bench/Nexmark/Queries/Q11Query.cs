using Leat.Streams;

namespace Leat.Bench.Nexmark;

internal sealed class Q11Query() : NexmarkQuery("q11")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => events
        .Where(e => e.Kind == NexmarkKind.Bid)
        .Select(e => e.Bid.Bidder)
        .KeyBy(bidder => bidder)
        .Session(TimeSpan.FromSeconds(10))
        .Count()
        .Select(w => new Q11Row(w.Key, w.Get<long>(0), w.Start, w.End))
        .ForEach(row => answer.Add(row));
}
