namespace Leat.Bench.Nexmark;

/// <summary>What is known of an auction id. Indexes are 1 higher than in the arrays: 0 = none.</summary>
internal struct AuctionBids
{
    /// <summary>The auction, once it has come.</summary>
    public int Auction;

    /// <summary>The bid that wins so far.</summary>
    public int Winner;

    /// <summary>Head of the chain of bids that came before their auction.</summary>
    public int Waiting;
}
