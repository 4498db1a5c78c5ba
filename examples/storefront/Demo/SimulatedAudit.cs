using System.Globalization;
using System.Text.Json.Nodes;
using Leat.Sql;
using Leat.Streams;
using Storefront.Simulation;

namespace Storefront.Demo;

/// <summary>What arrived of a simulation, held against what was sent.</summary>
/// <param name="Sent">Events sent, over all topics.</param>
/// <param name="Landed">Rows in the raw tables.</param>
/// <param name="Quarantined">Rows in the quarantine tables.</param>
/// <param name="Dirty">Events sent that break their contract.</param>
/// <param name="RevenueSent">Pounds, exact.</param>
/// <param name="RevenueInView">Sum over the view of revenue per minute.</param>
/// <param name="WrongCampaigns">Campaigns whose impressions, clicks or spend in the view differ from what was sent.</param>
internal sealed record SimulatedAudit(long Sent, long Landed, long Quarantined, long Dirty, decimal RevenueSent, decimal RevenueInView, IReadOnlyList<string> WrongCampaigns)
{
    private static readonly string[] Tables = ["sales", "ad_events", "shop_events"];

    /// <summary>Nothing lost, nothing counted twice.</summary>
    public bool IsExact => Landed + Quarantined == Sent && Quarantined == Dirty && RevenueSent == RevenueInView && WrongCampaigns.Count == 0;

    public static async Task<SimulatedAudit> ReadAsync(ISqlSession session, GroundTruth truth, CancellationToken ct)
    {
        long landed = 0, quarantined = 0;
        foreach (var table in Tables)
        {
            landed += await session.ScalarAsync<long>($"select count(*) from lake.raw.{table}", ct);
            quarantined += await session.ScalarAsync<long>($"select count(*) from lake.raw.{table}_quarantine", ct);
        }
        var revenue = (await session.SingleRowAsync("select cast(coalesce(sum(revenue), 0) as decimal(28, 3)) from views.revenue_per_minute", ct))[0];
        return new SimulatedAudit(truth.Sent.Values.Sum(), landed, quarantined, truth.Dirty.Values.Sum(), truth.Revenue, (decimal)revenue!, await WrongCampaignsAsync(session, truth, ct));
    }

    public JsonObject ToJson(LiveLoad load, IReadOnlyList<JobStatus> jobs, MemoryWatch memory, double seconds) => new()
    {
        ["events_sent"] = Sent,
        ["rows_raw"] = Landed,
        ["rows_quarantined"] = Quarantined,
        ["dirty_sent"] = Dirty,
        ["lost"] = Math.Max(0, Sent - Landed - Quarantined),
        ["duplicated"] = Math.Max(0, Landed + Quarantined - Sent),
        ["revenue_sent"] = RevenueSent.ToString(CultureInfo.InvariantCulture),
        ["revenue_in_view"] = RevenueInView.ToString(CultureInfo.InvariantCulture),
        ["wrong_campaigns"] = new JsonArray([.. WrongCampaigns.Select(c => JsonValue.Create(c))]),
        ["late_events"] = jobs.Sum(j => j.LateEvents),
        ["append_to_view_p50_ms"] = jobs.Max(j => j.LatencyP50Ms),
        ["append_to_view_p99_ms"] = jobs.Max(j => j.LatencyP99Ms),
        ["ticks_behind"] = load.TicksBehind,
        ["memory_early_mb"] = Math.Round(memory.EarlyMb, 1),
        ["memory_late_mb"] = Math.Round(memory.LateMb, 1),
        ["exact"] = IsExact,
        ["seconds"] = Math.Round(seconds, 3),
    };

    private static async Task<IReadOnlyList<string>> WrongCampaignsAsync(ISqlSession session, GroundTruth truth, CancellationToken ct)
    {
        var wrong = new List<string>();
        foreach (var (campaign, sent) in truth.Campaigns)
        {
            var row = await session.SingleRowAsync(
                $"select cast(coalesce(sum(impressions), 0) as bigint), cast(coalesce(sum(clicks), 0) as bigint), cast(coalesce(sum(spend), 0) as decimal(28, 6)) from views.campaign_stats_10s where campaign = '{campaign}'", ct);
            if ((long)row[0]! != sent.Impressions || (long)row[1]! != sent.Clicks || (decimal)row[2]! != sent.Spend) wrong.Add(campaign);
        }
        return wrong;
    }
}
