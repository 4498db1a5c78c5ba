namespace Leat.Bench.Nexmark;

/// <summary>What decides which bids of an auction count, and for whom.</summary>
internal readonly record struct AuctionLife(long Id, long Category, long Seller, DateTime DateTime, DateTime Expires);
