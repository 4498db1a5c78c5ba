namespace Leat.Bench.Nexmark;

/// <summary>The kinds of the union; the numbers are those of event_type.</summary>
internal enum NexmarkKind
{
    Person,
    Auction,
    Bid,
}
