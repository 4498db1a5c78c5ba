using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>Processing time is the source's time: the reading of the manual clock at each arrival.</summary>
internal sealed class Q12Query() : NexmarkQuery("q12")
{
    protected override Stream<NexmarkEvent> Read(JobBuilder job, NexmarkEvents events) => job.From(new NexmarkSource(events), e => e.ProcessingTime, TimeSpan.Zero);

    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer) => events
        .Where(e => e.Kind == NexmarkKind.Bid)
        .Select(e => e.Bid.Bidder)
        .KeyBy(bidder => bidder)
        .Tumbling(TimeSpan.FromSeconds(10))
        .Count()
        .Select(w => new Q12Row(w.Key, w.Get<long>(0), w.Start, w.End))
        .ForEach(row => answer.Add(row));
}
