using Leat.Streams;

namespace Storefront.Streams;

/// <summary>Revenue per minute, day and country, and what sells: live views, and final rows in the lake.</summary>
internal sealed class SalesRevenue : StreamJob
{
    private static readonly TimeSpan Disorder = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected override void Define(JobBuilder job)
    {
        var sales = job.From<SaleLine>("sales", e => e.InvoiceDate, maxDisorder: Disorder);
        sales.Tumbling(TimeSpan.FromMinutes(1))
            .Aggregate(a => a.Sum("revenue", e => e.Amount, scale: 3).Distinct("orders", e => e.InvoiceNo).Count("lines"))
            .ToView("revenue_per_minute", keep: 2 * Day)
            .ToLake("streams.revenue_per_minute");
        sales.Tumbling(Day)
            .Aggregate(a => a.Sum("revenue", e => e.Amount, scale: 3).Count("lines"))
            .ToView("revenue_per_day", keep: 400 * Day)
            .ToLake("streams.revenue_per_day");
        sales.KeyBy(e => e.Country)
            .Tumbling(Day)
            .Aggregate(a => a.Sum("revenue", e => e.Amount, scale: 3).Count("lines"))
            .ToView("revenue_per_country", keep: 30 * Day)
            .ToLake("streams.revenue_per_country");
        sales.KeyBy(e => (e.StockCode, e.Description ?? default), names: ["stock_code", "description"])
            .Tumbling(Day)
            .Aggregate(a => a.Sum("revenue", e => e.Amount, scale: 3).Sum("quantity", e => (long)e.Quantity))
            .ToView("product_sales", keep: 2 * Day);
    }
}
