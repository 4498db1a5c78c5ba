namespace Leat.Bench.Nexmark;

/// <summary>The winning bid of every auction: highest price, then earliest, then first to arrive, of the bids within its life, both ends included. Bids may arrive before their auction. Shared by q4, q6 and q9.</summary>
internal sealed class WinningBids(NexmarkEvents events)
{
    private readonly LoopMap<long, AuctionBids> _auctions = new();
    private readonly Chains _waiting = new();

    /// <summary>By auction id; those with a winner have both indexes set.</summary>
    public ReadOnlySpan<LoopEntry<long, AuctionBids>> Slots => _auctions.Slots;

    public WinningBids Run()
    {
        foreach (var slot in events.Slots)
        {
            if (slot.Kind == NexmarkKind.Bid) Take(slot.Index);
            else if (slot.Kind == NexmarkKind.Auction) Open(slot.Index);
        }

        return this;
    }

    private void Take(int index)
    {
        ref var state = ref _auctions[events.Bids[index].Auction];
        if (state.Auction == 0) _waiting.Push(ref state.Waiting, index);
        else Judge(ref state, index);
    }

    private void Open(int index)
    {
        ref var state = ref _auctions[events.Auctions[index].Id];
        state.Auction = index + 1;
        while (state.Waiting != 0) Judge(ref state, _waiting.Take(ref state.Waiting));
    }

    private void Judge(ref AuctionBids state, int index)
    {
        ref readonly var bid = ref events.Bids[index];
        ref readonly var auction = ref events.Auctions[state.Auction - 1];
        if (bid.DateTime < auction.DateTime || bid.DateTime > auction.Expires) return;
        if (state.Winner == 0 || Beats(bid, index, state.Winner - 1)) state.Winner = index + 1;
    }

    private bool Beats(in Bid bid, int index, int winnerIndex)
    {
        ref readonly var winner = ref events.Bids[winnerIndex];
        if (bid.Price != winner.Price) return bid.Price > winner.Price;
        return bid.DateTime != winner.DateTime ? bid.DateTime < winner.DateTime : index < winnerIndex;
    }
}
