namespace Leat.Streams.Time;

/// <summary>Arithmetic of watermarks, in which <see cref="long.MinValue"/> means that nothing is known yet.</summary>
internal static class Watermarks
{
    /// <summary>UTC; null when nothing is known yet, or all was read.</summary>
    public static DateTime? TimeOf(long watermark) =>
        watermark < -DateTime.UnixEpoch.Ticks || watermark > DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks ? null : new DateTime(DateTime.UnixEpoch.Ticks + watermark, DateTimeKind.Utc);

    public static long Minus(long watermark, long delay) => watermark < long.MinValue / 2 ? long.MinValue : watermark - delay;
}
