using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>The average of a category replaces the one before, whenever an auction is over.</summary>
internal sealed class Q4Query() : NexmarkQuery("q4")
{
    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => Sales.Of(events)
        .KeyBy(s => s.Category)
        .Process(() => new CategoryAverage())
        .ForEach(change =>
        {
            if (change.HasOld) answer.Retract(change.Old);
            answer.Add(change.New);
        });
}
