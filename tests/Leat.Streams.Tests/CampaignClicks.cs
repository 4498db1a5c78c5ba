namespace Leat.Streams.Tests;

/// <summary>Ten-second windows a campaign, five seconds of disorder, one minute of lateness, to a view and a table.</summary>
internal sealed class CampaignClicks(TimeSpan? lateness = null, TimeSpan? keep = null) : StreamJob
{
    protected override void Define(JobBuilder job) => job
        .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5))
        .KeyBy(e => e.Campaign)
        .Tumbling(TimeSpan.FromSeconds(10), allowedLateness: lateness ?? TimeSpan.FromMinutes(1))
        .Aggregate(a => a.Count("clicks").Sum("cost", e => e.Cost).Distinct("users", e => e.User))
        .ToView("campaign_clicks", keep ?? TimeSpan.FromHours(1))
        .ToLake("campaign_clicks_10s");
}
