namespace Leat.Streams.Tests;

/// <summary>Sessions a campaign, five seconds of disorder, to a view and a table.</summary>
internal sealed class SessionClicks(TimeSpan gap, TimeSpan lateness, TimeSpan? keep = null) : StreamJob
{
    protected override void Define(JobBuilder job) => job
        .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
        .KeyBy(e => e.Campaign)
        .Session(gap, lateness)
        .Aggregate(a => a.Count("clicks").Sum("cost", e => (long)e.Cost).Distinct("users", e => e.User))
        .ToView("sessions", keep ?? TimeSpan.FromHours(1))
        .ToLake("sessions");
}
