using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>A sale that is known later than younger ones of its seller replaces their averages.</summary>
internal sealed class Q6Query() : NexmarkQuery("q6")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => Sales.Of(events)
        .KeyBy(s => s.Seller)
        .Process(() => new SellerAverages())
        .ForEach(change =>
        {
            if (change.HasOld) answer.Retract(change.Old);
            answer.Add(change.New);
        });
}
