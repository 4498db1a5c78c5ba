namespace Leat.Bench.Nexmark;

/// <summary>Bids of an auction in the window that ends then.</summary>
internal readonly record struct AuctionCount(DateTime End, long Auction, long Bids);
