using Leat.Streams;

namespace Leat.Bench.Ysb;

/// <summary>Steps 1 to 5 of the benchmark; the static campaign table is joined in memory.</summary>
internal sealed class YsbJob(IEnumerable<YsbAd> adTable) : StreamJob
{
    public const string View = "ysb_counts";

    protected override void Define(JobBuilder job)
    {
        var ads = job.Table("ads", adTable, ad => ad.AdId);
        job.From<YsbEvent>(YsbInput.Topic, e => e.EventTime, maxDisorder: TimeSpan.FromSeconds(2))
            .Where(e => e.EventType == YsbEventType.View)
            .Lookup(ads, e => e.AdId, (_, ad) => new YsbView(ad.CampaignId))
            .KeyBy(v => v.CampaignId)
            .Tumbling(TimeSpan.FromSeconds(10), allowedLateness: TimeSpan.FromMinutes(1))
            .Count()
            .ToView(View, keep: TimeSpan.FromDays(1));
    }
}
