namespace Leat.Bench.Latency;

/// <summary>The last counted event of an append: it can be read when its window's count has reached this.</summary>
/// <param name="Due">Stamp of when the append was due.</param>
/// <param name="Campaign">Number of its campaign.</param>
/// <param name="Window">Start, epoch milliseconds.</param>
/// <param name="Count">Views of campaign and window so far, this one included.</param>
/// <param name="Minute">Which part of the measured time it belongs to; negative while warming up.</param>
internal readonly record struct Probe(long Due, int Campaign, long Window, long Count, int Minute);
