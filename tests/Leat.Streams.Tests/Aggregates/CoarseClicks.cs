namespace Leat.Streams.Tests;

/// <summary>Sketches so small that they have to estimate.</summary>
internal sealed class CoarseClicks(WindowKind kind) : StreamJob
{
    public const int Precision = 5;
    public const int Compression = 20;
    public const int Counters = 5;

    protected override void Define(JobBuilder job) => kind.On(job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign))
        .Aggregate(a => a.Count("clicks").ApproxDistinct("users", e => e.User, Precision).HeavyHitters("often", e => e.User, Counters, Counters).Quantiles(e => (double)e.Cost, [("p10", 0.1), ("p50", 0.5), ("p99", 0.99)], Compression))
        .ToView("coarse", TimeSpan.FromHours(1))
        .ToLake("coarse");
}
