using System.Runtime.InteropServices;

namespace Leat.Core;

/// <summary>A span of calendar time, as stored in INTERVAL columns. The three parts are independent.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct IntervalValue(int Months, int Days, long Microseconds)
{
    /// <summary>Days and microseconds of a <see cref="TimeSpan"/>; below a microsecond is cut off.</summary>
    public static IntervalValue From(TimeSpan span) => new(0, span.Days, (span - TimeSpan.FromDays(span.Days)).Ticks / TimeSpan.TicksPerMicrosecond);
}
