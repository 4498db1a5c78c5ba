using System.Globalization;

namespace Leat.Bench.Nexmark;

/// <summary>What to generate.</summary>
/// <param name="Events">Events of all kinds together.</param>
/// <param name="EventsPerSecond">Rate in event time; with the count it gives the span.</param>
/// <param name="Seed">Of all random choices.</param>
/// <param name="BaseTime">Time of event number 0, UTC.</param>
internal sealed record NexmarkSettings(int Events, long EventsPerSecond, ulong Seed, DateTime BaseTime)
{
    /// <summary>57 seconds before midnight and off every window's start, so that short runs hold two days, cut windows at both ends and several minutes.</summary>
    public static DateTime DefaultBaseTime { get; } = new(2026, 1, 1, 23, 59, 3, 0, DateTimeKind.Utc);

    /// <summary>100 s of event time.</summary>
    public static NexmarkSettings Over100Seconds(int events) => new(events, events / 100, 4711, DefaultBaseTime);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Events} events at {EventsPerSecond} a second of event time = {(double)Events / EventsPerSecond:0.#} s from {BaseTime:yyyy-MM-ddTHH:mm:ss.fff}Z, seed {Seed}");
}
