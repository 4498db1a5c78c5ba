namespace Leat.Bench.Nexmark;

/// <summary>Bids joined with auctions of category 10; a bid waits when its auction has not come, and auctions are kept for ever.</summary>
internal sealed class Q20Loop() : NexmarkLoop<Q20Row>("q20", "SELECT b.* EXCLUDE (n), a.* EXCLUDE (n) FROM bid b JOIN auction a ON b.auction = a.id WHERE a.category = 10")
{
    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var states = new LoopMap<long, AuctionBids>();
        var waiting = new Chains();
        var (bids, auctions) = (events.Bids, events.Auctions);
        foreach (var slot in events.Slots)
        {
            if (slot.Kind == NexmarkKind.Bid)
            {
                ref var state = ref states[bids[slot.Index].Auction];
                if (state.Auction == 0) waiting.Push(ref state.Waiting, slot.Index);
                else Join(bids[slot.Index], auctions[state.Auction - 1], ref sink);
            }
            else if (slot.Kind == NexmarkKind.Auction)
            {
                ref var state = ref states[auctions[slot.Index].Id];
                state.Auction = slot.Index + 1;
                while (state.Waiting != 0) Join(bids[waiting.Take(ref state.Waiting)], auctions[slot.Index], ref sink);
            }
        }
    }

    private static void Join<TSink>(in Bid bid, in Auction auction, ref TSink sink)
        where TSink : struct, IRowSink<Q20Row>
    {
        if (auction.Category == 10) sink.Add(new Q20Row(bid, auction));
    }
}
