namespace Leat.Bench.Nexmark;

/// <summary>The union record as a job sees it: a kind and, by reference, the one struct that is there. 16 bytes, nothing is copied. A member of another kind than <see cref="Kind"/> throws or is another event's.</summary>
internal readonly record struct NexmarkEvent(NexmarkEvents Events, int Number)
{
    /// <summary>Which of the three is there.</summary>
    public NexmarkKind Kind => Events.Slots[Number].Kind;

    public ref readonly Person Person => ref Events.People[Events.Slots[Number].Index];

    public ref readonly Auction Auction => ref Events.Auctions[Events.Slots[Number].Index];

    public ref readonly Bid Bid => ref Events.Bids[Events.Slots[Number].Index];

    /// <summary>Event time, UTC.</summary>
    public DateTime DateTime => Kind switch
    {
        NexmarkKind.Bid => Bid.DateTime,
        NexmarkKind.Auction => Auction.DateTime,
        _ => Person.DateTime,
    };

    /// <summary>Processing time by the manual clock, UTC (q12).</summary>
    public DateTime ProcessingTime => Events.Clock.At(Number);
}
