namespace Leat.Bench.Nexmark;

/// <summary>An auction and its best bid, with what judging the next bid takes, so that neither has to be fetched.</summary>
internal struct SaleState
{
    public AuctionBids Known;

    /// <summary>The bid that wins so far, index + 1; 0 = none.</summary>
    public int Winner;

    /// <summary>The winner's price.</summary>
    public long Price;

    /// <summary>First and last tick of the auction's life.</summary>
    public long Opens;
    public long Expires;
}
