using Leat.Streams;

namespace Storefront.Streams;

/// <summary>What each campaign gets for its money, in windows of ten seconds.</summary>
internal sealed class CampaignStats : StreamJob
{
    protected override void Define(JobBuilder job) => job
        .From<AdEvent>("ad-events", e => e.EventTime, maxDisorder: TimeSpan.FromSeconds(2))
        .KeyBy(e => e.Campaign)
        .Tumbling(TimeSpan.FromSeconds(10), allowedLateness: TimeSpan.FromMinutes(1))
        .Aggregate(a => a
            .Sum("impressions", e => e.EventType == AdEventType.Impression ? 1L : 0)
            .Sum("clicks", e => e.EventType == AdEventType.Click ? 1L : 0)
            .Sum("conversions", e => e.EventType == AdEventType.Conversion ? 1L : 0)
            .Sum("spend", e => e.Cost))
        .ToView("campaign_stats_10s", keep: TimeSpan.FromHours(24))
        .ToLake("streams.campaign_stats_10s");
}
