namespace Leat.Core;

/// <summary>A time of day with its offset from UTC, as stored in TIME WITH TIME ZONE columns.</summary>
/// <param name="Time">Since midnight, 00:00 to 24:00, whole microseconds.</param>
/// <param name="Offset">East of UTC positive, whole seconds, below 16 hours.</param>
public readonly record struct TimeWithOffset(TimeSpan Time, TimeSpan Offset)
{
    private const int MaxOffsetSeconds = (16 * 3600) - 1;

    /// <summary>From the 64 bits that DuckDB stores.</summary>
    public static TimeWithOffset Unpack(ulong bits) => new(
        TimeSpan.FromMicroseconds((long)(bits >> 24)),
        TimeSpan.FromSeconds(MaxOffsetSeconds - (long)(bits & 0xFFFFFF)));

    /// <summary>The 64 bits that DuckDB stores.</summary>
    public ulong Pack() => ((ulong)(Time.Ticks / TimeSpan.TicksPerMicrosecond) << 24) | (ulong)(MaxOffsetSeconds - (long)Offset.TotalSeconds);
}
