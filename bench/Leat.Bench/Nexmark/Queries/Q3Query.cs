using Leat.Core;
using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>Both sides are kept for ever.</summary>
internal sealed class Q3Query() : NexmarkQuery("q3")
{
    private static readonly Text Oregon = Text.Inline("OR"u8);
    private static readonly Text Idaho = Text.Inline("ID"u8);
    private static readonly Text California = Text.Inline("CA"u8);

    protected override void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer)
    {
        var auctions = events.Where(e => e.Kind == NexmarkKind.Auction && e.Auction.Category == 10).Select(e => (e.Auction.Id, e.Auction.Seller)).KeyBy(a => a.Seller);
        var people = People(events).Where(p => p.State == Oregon || p.State == Idaho || p.State == California).Select(p => (p.Id, p.Name, p.City, p.State)).KeyBy(p => p.Id);
        auctions.With(people).Join((a, p) => new Q3Row(p.Name, p.City, p.State, a.Id)).ForEach(row => answer.Add(row));
    }
}
