namespace Leat.Bench.Nexmark;

/// <summary>Prices of an auction and day.</summary>
internal sealed class PricesOfDay : PeriodicChanges<(long Auction, long Day), Bid, KeyedPrices>
{
    protected override void Change(ref KeyedPrices state, in Bid row)
    {
        (state.Auction, state.Day) = Key;
        state.Prices.Add(row.Price);
    }
}
