namespace Leat.Bench.Nexmark;

/// <summary>What is fixed about an event by its place in the stream: number, id, kind, time, and the last person and auction made before it.</summary>
/// <remarks>Source: nexmark-flink, GeneratorConfig, PersonGenerator, AuctionGenerator, with outOfOrderGroupSize 1 and one generator. Indexes of persons and auctions count from 0; <see cref="FirstId"/> makes ids of them.</remarks>
internal readonly struct NexmarkIds(NexmarkSettings settings)
{
    public const long FirstId = 1000;
    public const int Proportion = 50;
    private const long FirstEventId = 1;
    private const long FirstEventNumber = 1;
    private const int People = 1;
    private const int Auctions = 3;
    private readonly double _delayUs = 1e6 / settings.EventsPerSecond;
    private readonly DateTime _base = settings.BaseTime;

    /// <summary>Number of the <paramref name="k"/>-th event, k from 0; times follow from it.</summary>
    public static long Number(long k) => FirstEventNumber + k;

    /// <summary>Event id of the <paramref name="k"/>-th event; ids of persons and auctions follow from it.</summary>
    public static long EventId(long k) => FirstEventId + Number(k);

    public static NexmarkKind Kind(long eventId) => (eventId % Proportion) switch
    {
        < People => NexmarkKind.Person,
        < People + Auctions => NexmarkKind.Auction,
        _ => NexmarkKind.Bid,
    };

    /// <summary>Index of the person made last, the event itself included.</summary>
    public static long LastPerson(long eventId) => eventId / Proportion;

    /// <summary>Index of the auction made last, the event itself included.</summary>
    public static long LastAuction(long eventId)
    {
        var (epoch, offset) = (eventId / Proportion, eventId % Proportion);
        if (offset < People) return (epoch * Auctions) - 1;
        return (epoch * Auctions) + Math.Min(offset - People, Auctions - 1);
    }

    /// <summary>Event time of an event number: microseconds since the base cut to whole milliseconds.</summary>
    public DateTime TimeAt(long number) => _base.AddTicks((long)(number * _delayUs) / 1000 * TimeSpan.TicksPerMillisecond);
}
