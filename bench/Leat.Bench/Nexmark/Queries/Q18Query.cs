using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The last bid replaces the one before, at each bid.</summary>
internal sealed class Q18Query() : NexmarkQuery("q18")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => Bids(events)
        .KeyBy(b => (b.Bidder, b.Auction))
        .Process(() => new LastBids())
        .ForEach(change =>
        {
            if (change.HasOld) answer.Retract(new Q18Row(change.Old));
            answer.Add(new Q18Row(change.New));
        });
}
