using Leat.Streams;

namespace Storefront.Streams;

/// <summary>Visits, each a session that ends after half an hour of silence, and goods that were put into a cart and not paid for within two hours.</summary>
internal sealed class ShopVisits : StreamJob
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan TimeToPay = TimeSpan.FromHours(2);

    protected override void Define(JobBuilder job)
    {
        var visitors = job
            .From<ShopEvent>("shop-events", e => e.EventTime, maxDisorder: TimeSpan.FromSeconds(2))
            .KeyBy(e => e.CustomerId, names: ["customer_id"]);
        visitors.Session(Silence)
            .Aggregate(a => a
                .Count("events")
                .Sum("pages", e => e.EventType == ShopEventType.PageView ? 1L : 0)
                .Sum("paid", e => e.EventType == ShopEventType.Payment ? e.Amount ?? 0 : 0))
            .ToView("visits", keep: TimeSpan.FromHours(24))
            .ToLake("streams.visits");

        var leftBehind = Pattern
            .Begin<ShopEvent>("put", e => e.EventType == ShopEventType.AddToCart)
            .ThenNot("paid", e => e.EventType == ShopEventType.Payment)
            .Within(TimeToPay);
        visitors
            .Match(leftBehind, m => new AbandonedItem(m.Key, m["put"].StockCode, m["put"].Amount, m["put"].EventTime))
            .ToLake("streams.abandoned_items");
    }
}
