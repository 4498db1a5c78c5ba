namespace Leat.Bench.Nexmark;

/// <summary>A run's events in memory: one array a kind, and their order of arrival. Owns the memory of all texts in them.</summary>
internal sealed class NexmarkEvents(NexmarkSettings settings, TextArena texts) : IDisposable
{
    public NexmarkSettings Settings => settings;

    /// <summary>The clock of processing time, advanced by arrival.</summary>
    public NexmarkClock Clock { get; } = new(settings);

    /// <summary>In order of arrival; the index of a slot here is its event number, from 0.</summary>
    public required NexmarkSlot[] Slots { get; init; }

    public required Person[] People { get; init; }

    public required Auction[] Auctions { get; init; }

    public required Bid[] Bids { get; init; }

    public int Count => Slots.Length;

    public NexmarkEvent this[int number] => new(this, number);

    public void Dispose() => texts.Dispose();
}
