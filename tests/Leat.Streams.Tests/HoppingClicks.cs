namespace Leat.Streams.Tests;

/// <summary>Overlapping windows a campaign, five seconds of disorder, to a view and a table.</summary>
internal sealed class HoppingClicks(TimeSpan size, TimeSpan slide, TimeSpan lateness) : StreamJob
{
    protected override void Define(JobBuilder job) => job
        .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
        .KeyBy(e => e.Campaign)
        .Hopping(size, slide, lateness)
        .Aggregate(a => a.Count("clicks").Sum("cost", e => (long)e.Cost).Distinct("users", e => e.User))
        .ToView("hops", TimeSpan.FromHours(1))
        .ToLake("hops");
}
