namespace Leat.Bench.Nexmark;

/// <summary>An auction whose winning bid is another one now.</summary>
internal readonly record struct WinnerChange(Auction Auction, Replaced<Bid> Bids);
