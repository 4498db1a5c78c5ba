namespace Leat.Streams.Windows;

/// <summary>Shape of tumbling windows, in ticks of 100 ns since 1970.</summary>
internal sealed record WindowSettings
{
    public WindowSettings(TimeSpan size, TimeSpan allowedLateness)
    {
        Size = size.Ticks;
        Lateness = allowedLateness.Ticks;
    }

    public long Size { get; }

    public long Lateness { get; }

    /// <summary>Start of the window that holds <paramref name="time"/>.</summary>
    public long StartOf(long time)
    {
        var rest = time % Size;
        return time - (rest < 0 ? rest + Size : rest);
    }

    /// <summary>Whether a window is final at a watermark.</summary>
    public bool IsFinal(long start, long watermark) => start + Size + Lateness <= watermark;
}
