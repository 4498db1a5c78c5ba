namespace Leat.Streams.Time;

/// <summary>Arithmetic of watermarks, in which <see cref="long.MinValue"/> means that nothing is known yet.</summary>
internal static class Watermarks
{
    public static long Minus(long watermark, long delay) => watermark < long.MinValue / 2 ? long.MinValue : watermark - delay;
}
