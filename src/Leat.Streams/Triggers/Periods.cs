namespace Leat.Streams.Triggers;

/// <summary>Periods aligned to 1970-01-01 UTC, in ticks.</summary>
internal static class Periods
{
    /// <summary>End of the period that holds a time, exclusive.</summary>
    public static long EndOf(long time, long period)
    {
        var rest = time % period;
        return time - rest + (rest < 0 ? 0 : period);
    }
}
