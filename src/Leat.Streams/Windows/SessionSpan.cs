namespace Leat.Streams.Windows;

/// <summary>Times of records that belong together.</summary>
/// <param name="First">Of the earliest.</param>
/// <param name="Last">Of the latest.</param>
/// <param name="Judged">Watermark they came behind, for records older than it; sessions that were final then do not take them. <see cref="long.MinValue"/> for others.</param>
internal readonly record struct SessionSpan(long First, long Last, long Judged)
{
    /// <summary>Both spans as one.</summary>
    public SessionSpan With(long first, long last) => this with { First = Math.Min(First, first), Last = Math.Max(Last, last) };
}
