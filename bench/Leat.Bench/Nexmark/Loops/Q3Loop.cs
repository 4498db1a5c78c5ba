using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>Auctions of category 10 joined with their sellers in three states; both sides are kept for ever, and each may come first.</summary>
internal sealed class Q3Loop() : NexmarkLoop<Q3Row>("q3", """
    SELECT p.name, p.city, p.state, a.id FROM auction a JOIN person p ON a.seller = p.id
    WHERE a.category = 10 AND p.state IN ('OR', 'ID', 'CA')
    """)
{
    private static readonly Text Oregon = Text.Inline("OR"u8);
    private static readonly Text Idaho = Text.Inline("ID"u8);
    private static readonly Text California = Text.Inline("CA"u8);

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var sellers = new LoopMap<long, SellerState>();
        var chains = new Chains();
        foreach (var slot in events.Slots)
        {
            if (slot.Kind == NexmarkKind.Auction)
            {
                ref readonly var auction = ref events.Auctions[slot.Index];
                if (auction.Category != 10) continue;
                ref var state = ref sellers[auction.Seller];
                chains.Push(ref state.Auctions, slot.Index);
                if (state.Person != 0) sink.Add(Row(events.People[state.Person - 1], auction));
            }
            else if (slot.Kind == NexmarkKind.Person)
            {
                ref readonly var person = ref events.People[slot.Index];
                if (person.State != Oregon && person.State != Idaho && person.State != California) continue;
                ref var state = ref sellers[person.Id];
                state.Person = slot.Index + 1;
                for (var head = state.Auctions; head != 0;) sink.Add(Row(person, events.Auctions[chains.Take(ref head)]));
            }
        }
    }

    private static Q3Row Row(in Person person, in Auction auction) => new(person.Name, person.City, person.State, auction.Id);
}
