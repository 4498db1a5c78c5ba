namespace Leat.Bench.Nexmark;

/// <summary>Prices of a group of bids, in cents; meaningful after the first.</summary>
internal struct PriceGroup
{
    public RankCounts Bids;
    public long Lowest;
    public long Highest;
    public long Sum;

    public void Add(long price)
    {
        Lowest = Bids.Total == 0 ? price : Math.Min(Lowest, price);
        Highest = Math.Max(Highest, price);
        Sum += price;
        Bids.Count(RankCounts.Rank(price));
    }
}
