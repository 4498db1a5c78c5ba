using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Operators;

namespace Leat.Streams.Windows;

/// <summary>
/// Shape of windows aligned to 1970, in ticks of 100 ns since then. Records are gathered in slices that lie wholly inside or outside of any window.
/// A slice is named by its start, plus the number of its first windows that its records came too late for: an id.
/// </summary>
internal sealed record WindowSettings : IWindowShape
{
    /// <summary>Most windows a record may be in; slices are longer than this many ticks.</summary>
    public const int MostWindows = 5_000;

    public WindowSettings(TimeSpan size, TimeSpan slide, TimeSpan allowedLateness)
    {
        Size = size.Ticks;
        Slide = slide.Ticks;
        Slice = Divisor(Size, Slide);
        Lateness = allowedLateness.Ticks;
    }

    private WindowSettings()
    {
        (Size, Slide, Slice) = (long.MaxValue / 4, long.MaxValue / 4, long.MaxValue / 4);
        IsGlobal = true;
    }

    /// <summary>One window without end, which starts at 0.</summary>
    public static WindowSettings Global { get; } = new();

    /// <summary>All of time is one window.</summary>
    public bool IsGlobal { get; }

    public long Size { get; }

    /// <summary>From the start of one window to that of the next; equal to <see cref="Size"/> where windows do not overlap.</summary>
    public long Slide { get; }

    public long Slice { get; }

    public long Lateness { get; }

    public bool IsTumbling => Slide == Size;

    public string Signature => IsGlobal ? "global" : IsTumbling ? $"tumbling {TimeSpan.FromTicks(Size)}" : $"hopping {TimeSpan.FromTicks(Size)} {TimeSpan.FromTicks(Slide)}";

    public WindowStore<TKey> CreateStore<TKey>(KeyShape<TKey> shape, AggregateSet aggregates) =>
        IsTumbling ? new TumblingStore<TKey>(shape, this, aggregates) : new HoppingStore<TKey>(shape, this, aggregates);

    public Stage<T> CreateStage<TKey, T>(WindowOperator<TKey, T> window) =>
        IsGlobal ? new GlobalStage<TKey, T>(window, (PaneStore<TKey>)window.Store) : new AlignedStage<TKey, T>(window, (PaneStore<TKey>)window.Store);

    /// <summary>End of the last window that ends at or before a time.</summary>
    public long EndsUpTo(long time) => Floor(time - Size, Slide) + Size;

    /// <summary>Start of the slice that holds <paramref name="time"/>.</summary>
    public long SliceOf(long time) => Floor(time, Slice);

    /// <summary>First window of an id.</summary>
    public long FirstOf(long id)
    {
        var slice = SliceOf(id);
        return Floor(slice - Size, Slide) + (Slide * (1 + id - slice));
    }

    /// <summary>Last window of an id.</summary>
    public long LastOf(long id) => Floor(id, Slide);

    /// <summary>Starts of the windows of an id, in order.</summary>
    public IEnumerable<long> WindowsOf(long id)
    {
        var last = LastOf(id);
        for (var start = FirstOf(id); start <= last; start += Slide) yield return start;
    }

    /// <summary>Whether a window is final at a watermark.</summary>
    public bool IsFinal(long start, long watermark) => start + Size + Lateness <= watermark;

    /// <summary>First window that is not final at a watermark.</summary>
    public long FirstOpen(long watermark) => watermark == long.MinValue ? long.MinValue : Floor(watermark - Size - Lateness, Slide) + Slide;

    /// <summary>How many of the first windows of a slice are final at a watermark.</summary>
    public long FinalAt(long slice, long watermark)
    {
        var beyond = watermark - Lateness - Size - FirstOf(slice);
        return watermark == long.MinValue || beyond < 0 ? 0 : (beyond / Slide) + 1;
    }

    private static long Floor(long value, long unit)
    {
        var rest = value % unit;
        return value - (rest < 0 ? rest + unit : rest);
    }

    private static long Divisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
