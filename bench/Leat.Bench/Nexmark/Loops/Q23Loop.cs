namespace Leat.Bench.Nexmark;

/// <summary>Bids of persons who are sellers too, with the person and each of the auctions; all three are kept for ever, in any order of arrival.</summary>
internal sealed class Q23Loop() : NexmarkLoop<Q23Row>("q23", "SELECT b.* EXCLUDE (n), p.* EXCLUDE (n), a.* EXCLUDE (n) FROM bid b JOIN person p ON p.id = b.bidder JOIN auction a ON a.seller = b.bidder")
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var states = new LoopMap<long, SellerState>();
        var chains = new Chains();
        foreach (var slot in events.Slots)
        {
            if (slot.Kind == NexmarkKind.Bid)
            {
                ref var state = ref states[events.Bids[slot.Index].Bidder];
                chains.Push(ref state.Bids, slot.Index);
                if (state.Person != 0) JoinBid(events, chains, state, slot.Index, ref sink);
            }
            else if (slot.Kind == NexmarkKind.Auction)
            {
                ref var state = ref states[events.Auctions[slot.Index].Seller];
                chains.Push(ref state.Auctions, slot.Index);
                if (state.Person != 0) JoinAuction(events, chains, state, slot.Index, ref sink);
            }
            else
            {
                ref var state = ref states[events.People[slot.Index].Id];
                state.Person = slot.Index + 1;
                for (var head = state.Bids; head != 0;) JoinBid(events, chains, state, chains.Take(ref head), ref sink);
            }
        }
    }

    private static void JoinBid<TSink>(NexmarkEvents events, Chains chains, SellerState state, int bid, ref TSink sink)
        where TSink : struct, IRowSink<Q23Row>
    {
        for (var head = state.Auctions; head != 0;) sink.Add(new Q23Row(events.Bids[bid], events.People[state.Person - 1], events.Auctions[chains.Take(ref head)]));
    }

    private static void JoinAuction<TSink>(NexmarkEvents events, Chains chains, SellerState state, int auction, ref TSink sink)
        where TSink : struct, IRowSink<Q23Row>
    {
        for (var head = state.Bids; head != 0;) sink.Add(new Q23Row(events.Bids[chains.Take(ref head)], events.People[state.Person - 1], events.Auctions[auction]));
    }
}
