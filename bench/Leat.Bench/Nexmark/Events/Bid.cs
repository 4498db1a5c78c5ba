using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A bid of the person <see cref="Bidder"/> on <see cref="Auction"/>; price in cents, time UTC in whole milliseconds.</summary>
internal readonly record struct Bid(long Auction, long Bidder, long Price, Text Channel, Text Url, DateTime DateTime, Text Extra);
