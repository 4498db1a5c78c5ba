namespace Leat.Bench.Nexmark;

/// <summary>An auction that is over, with its winning bid.</summary>
internal readonly record struct Sale(long Category, long Seller, PricedBid Bid);
