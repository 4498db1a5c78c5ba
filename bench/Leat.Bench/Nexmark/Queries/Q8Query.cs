using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>Sellers once a window, joined with the persons of the window.</summary>
internal sealed class Q8Query() : NexmarkQuery("q8")
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer)
    {
        var sellers = events.Where(e => e.Kind == NexmarkKind.Auction).Select(e => e.Auction.Seller).KeyBy(s => s).Tumbling(Window).Count().Select(w => (Seller: w.Key, w.Start)).KeyBy(s => s.Seller);
        var people = events.Where(e => e.Kind == NexmarkKind.Person).Select(e => (e.Person.Id, e.Person.Name)).KeyBy(p => p.Id);
        people.With(sellers).WindowJoin(Window, (p, s) => new Q8Row(p.Id, p.Name, s.Start)).ForEach(row => answer.Add(row));
    }
}
