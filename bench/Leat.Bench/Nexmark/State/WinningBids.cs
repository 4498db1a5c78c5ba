namespace Leat.Bench.Nexmark;

/// <summary>The winning bid of every auction: highest price, then earliest, then first to arrive, of the bids within its life, both ends included. Bids may arrive before their auction. Shared by q4, q6 and q9.</summary>
internal sealed class WinningBids(NexmarkEvents events)
{
    private readonly LoopMap<long, SaleState> _auctions = new();
    private readonly Chains _waiting = new();
    private readonly Bid[] _bids = events.Bids;

    /// <summary>By auction id; those with a winner have an auction too.</summary>
    public ReadOnlySpan<LoopEntry<long, SaleState>> Slots => _auctions.Slots;

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
        ref readonly var bid = ref _bids[index];
        ref var state = ref _auctions[bid.Auction];
        if (state.Known.Auction == 0) _waiting.Push(ref state.Known.Waiting, index);
        else Judge(ref state, bid, index);
    }

    private void Open(int index)
    {
        ref readonly var auction = ref events.Auctions[index];
        ref var state = ref _auctions[auction.Id];
        (state.Known.Auction, state.Opens, state.Expires) = (index + 1, auction.DateTime.Ticks, auction.Expires.Ticks);
        while (state.Known.Waiting != 0)
        {
            var waiting = _waiting.Take(ref state.Known.Waiting);
            Judge(ref state, _bids[waiting], waiting);
        }
    }

    private void Judge(ref SaleState state, in Bid bid, int index)
    {
        var ticks = bid.DateTime.Ticks;
        if (ticks < state.Opens || ticks > state.Expires || bid.Price < state.Price) return;
        if (bid.Price == state.Price && state.Winner != 0 && !IsEarlier(bid, index, state.Winner - 1)) return;
        (state.Winner, state.Price) = (index + 1, bid.Price);
    }

    private bool IsEarlier(in Bid bid, int index, int otherIndex)
    {
        ref readonly var other = ref _bids[otherIndex];
        return bid.DateTime != other.DateTime ? bid.DateTime < other.DateTime : index < otherIndex;
    }
}
