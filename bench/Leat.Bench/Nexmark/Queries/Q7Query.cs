using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>Bids by the window they are in, and those at a window's start also by the window before, whose end they are.</summary>
internal sealed class Q7Query() : NexmarkQuery("q7")
{
    private const long WindowTicks = 10 * TimeSpan.TicksPerSecond;

    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer)
    {
        var bids = events.Where(e => e.Kind == NexmarkKind.Bid);
        bids.Select(e => new WindowBid(EndOf(e.Bid.DateTime), e, true))
            .Union(bids.Where(e => e.Bid.DateTime.Ticks % WindowTicks == 0).Select(e => new WindowBid(e.Bid.DateTime, e, false)))
            .KeyBy(b => b.End)
            .Process(() => new HighestPrices())
            .ForEach(row => answer.Add(row));
    }

    private static DateTime EndOf(DateTime time) => new(((time.Ticks / WindowTicks) + 1) * WindowTicks, DateTimeKind.Utc);
}
