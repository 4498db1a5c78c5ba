namespace Leat.Bench.Nexmark;

/// <summary>Counts of a group of bids.</summary>
internal struct RankGroup
{
    public RankCounts Bids;
    public RankCounts Bidders;
    public RankCounts Auctions;

    /// <summary>Time of the latest bid.</summary>
    public DateTime LastBid;
}
