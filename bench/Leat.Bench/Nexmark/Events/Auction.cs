using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>An item put up for sale by the person <see cref="Seller"/>; money in cents, times UTC in whole milliseconds.</summary>
internal readonly record struct Auction
{
    public long Id { get; init; }

    public Text ItemName { get; init; }

    public Text Description { get; init; }

    public long InitialBid { get; init; }

    public long Reserve { get; init; }

    public DateTime DateTime { get; init; }

    public DateTime Expires { get; init; }

    public long Seller { get; init; }

    public long Category { get; init; }

    public Text Extra { get; init; }
}
