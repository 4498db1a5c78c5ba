using System.Globalization;
using Leat.Core;

namespace Leat.Streams.Tests;

/// <summary>The Yahoo benchmark's query: views of known ads by campaign and ten seconds; beside the count a sum and a distinct count, to a view and a table.</summary>
internal sealed class YsbViews : StreamJob
{
    public const string Topic = "ad-events";
    public const string Table = "ysb_views_10s";
    public const string View = "ysb_views";
    public const int Ads = 100;
    public const int Campaigns = 10;

    protected override void Define(JobBuilder job)
    {
        var ads = job.Table("ads", Enumerable.Range(0, Ads).Select(i => new KnownAd(Text.Literal(AdOf(i)), Text.Literal(CampaignOf(i)))).ToList(), ad => ad.AdId);
        job.From<ShownAd>(Topic, e => e.EventTime, maxDisorder: TimeSpan.FromSeconds(2))
            .Where(e => e.EventType == ShownAdType.View)
            .Lookup(ads, e => e.AdId, (e, ad) => new CampaignView(ad.Campaign, e.User, e.Cost))
            .KeyBy(v => v.Campaign)
            .Tumbling(TimeSpan.FromSeconds(10), allowedLateness: TimeSpan.FromMinutes(1))
            .Aggregate(a => a.Count("views").Sum("cost", v => v.Cost).Distinct("users", v => v.User))
            .ToView(View, keep: TimeSpan.FromDays(36_500))
            .ToLake(Table);
    }

    public static string AdOf(int ad) => string.Create(CultureInfo.InvariantCulture, $"ad-{ad:D12}");

    /// <summary>Ten ads a campaign; some names fit into a short text, some do not.</summary>
    private static string CampaignOf(int ad) => string.Create(CultureInfo.InvariantCulture, $"{(ad % Campaigns < 5 ? "c" : "campaign with a long name ")}{ad % Campaigns}");
}
