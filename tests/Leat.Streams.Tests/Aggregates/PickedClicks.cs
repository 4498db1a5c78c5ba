namespace Leat.Streams.Tests;

/// <summary>Every aggregate at once, with room for exact answers.</summary>
internal sealed class PickedClicks(WindowKind kind) : StreamJob
{
    protected override void Define(JobBuilder job) => kind.On(job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign))
        .Aggregate(a => a
            .Count("clicks").Count("dear", e => e.Cost > 50)
            .Where(e => e.Cost > 50, dear => dear.Sum("dear_cost", e => (long)e.Cost).Distinct("dear_users", e => e.User).Last("dear_last", e => e.User))
            .Min("min_user", e => e.User).Max("max_user", e => e.User.ToString()).Min("first_at", e => e.At).Max("last_at", e => e.At)
            .First("first_user", e => e.User).Last("last_user", e => e.User)
            .ArgMin("cheap", e => e.Cost, e => e.User).ArgMax("dearest", e => (double)e.Cost, e => e.User)
            .Top("top", 3, e => (long)e.Cost, e => e.User)
            .ApproxDistinct("users", e => e.User).HeavyHitters("often", e => e.User, 2)
            .Quantiles(e => (double)e.Cost, [("p50", 0.5), ("p90", 0.9)]).Variance("variance", e => (double)e.Cost).StdDev("deviation", e => (double)e.Cost))
        .ToView("picked", TimeSpan.FromHours(1))
        .ToLake("picked");
}
