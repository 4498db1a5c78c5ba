using Leat.Streams;

namespace Storefront.Streams;

/// <summary>What customers paid in the hour after they clicked an ad, by campaign and minute: two streams joined by customer and time. A payment after clicks on two ads counts for both.</summary>
internal sealed class CampaignSales : StreamJob
{
    private static readonly TimeSpan Disorder = TimeSpan.FromSeconds(2);

    protected override void Define(JobBuilder job)
    {
        var clicks = job.From<AdClick>("ad-events", e => e.EventTime, Disorder)
            .Where(e => e.EventType == AdEventType.Click && e.CustomerId is not null)
            .KeyBy(e => e.CustomerId ?? default);
        var payments = job.From<ShopEvent>("shop-events", e => e.EventTime, Disorder)
            .Where(e => e.EventType == ShopEventType.Payment)
            .KeyBy(e => e.CustomerId);
        clicks.With(payments)
            .IntervalJoin(TimeSpan.Zero, TimeSpan.FromHours(1), (click, payment) => new CampaignSale(click.Campaign, payment.CustomerId, payment.Amount ?? 0))
            .KeyBy(s => s.Campaign)
            .Tumbling(TimeSpan.FromMinutes(1))
            .Aggregate(a => a.Sum("revenue", s => s.Amount, scale: 3).Distinct("customers", s => s.CustomerId))
            .ToView("campaign_sales", keep: TimeSpan.FromHours(24))
            .ToLake("streams.campaign_sales");
    }
}
