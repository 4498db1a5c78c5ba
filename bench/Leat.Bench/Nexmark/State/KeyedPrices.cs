namespace Leat.Bench.Nexmark;

/// <summary>Prices of a group with its key; the day counted from year 1.</summary>
internal struct KeyedPrices
{
    public long Auction;
    public long Day;
    public PriceGroup Prices;
}
