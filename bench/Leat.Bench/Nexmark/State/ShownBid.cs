namespace Leat.Bench.Nexmark;

/// <summary>A bid among the highest.</summary>
internal struct ShownBid
{
    public Bid Bid;

    /// <summary>Rank that it was told with last; 0 = none.</summary>
    public int Rank;
}
