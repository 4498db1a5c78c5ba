using Leat.Streams;

namespace Leat.Bench.Nexmark;

internal sealed class Q19Query() : NexmarkQuery("q19")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => Bids(events)
        .KeyBy(b => b.Auction)
        .Process(() => new HighestBids())
        .ForEach(change =>
        {
            if (change.IsGone) answer.Retract(change.Row);
            else answer.Add(change.Row);
        });
}
