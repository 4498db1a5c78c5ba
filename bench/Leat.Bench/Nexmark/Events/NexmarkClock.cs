namespace Leat.Bench.Nexmark;

/// <summary>The manual clock of processing time: it starts at the base time and each arrival, of any kind, moves it on by half of the event-time distance, cut to whole milliseconds.</summary>
/// <remarks>The reading at an event is data, a function of its number alone: the same for every engine and batch size. It is unlike event time, so that a query which takes the wrong one is found out.</remarks>
internal readonly struct NexmarkClock(NexmarkSettings settings)
{
    /// <summary>Times event time that arrivals go at.</summary>
    public const long Speed = 2;

    private readonly long _base = settings.BaseTime.Ticks;
    private readonly long _perSecond = settings.EventsPerSecond * Speed;

    /// <summary>Processing time, UTC, of the event that arrived as <paramref name="number"/>, from 0.</summary>
    public DateTime At(long number) => new(_base + (number * 1000 / _perSecond * TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
}
