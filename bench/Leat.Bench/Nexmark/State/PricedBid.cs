namespace Leat.Bench.Nexmark;

/// <summary>What decides whether a bid wins. The number orders bids by arrival.</summary>
internal readonly record struct PricedBid(long Auction, long Price, DateTime DateTime, int Number)
{
    /// <summary>Highest price, then earliest, then first to arrive.</summary>
    public bool Beats(in PricedBid other)
    {
        if (Price != other.Price) return Price > other.Price;
        return DateTime != other.DateTime ? DateTime < other.DateTime : Number < other.Number;
    }
}
