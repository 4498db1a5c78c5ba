using System.Collections.Immutable;
using System.Text;
using Leat.Bench.Ysb;
using Leat.Core;

namespace Leat.Bench.Latency;

/// <summary>Seeded ads, and ready-made events of them by partition. A campaign's events are all in one partition, as a producer that goes by key sends them: so they are counted in the order in which they were appended.</summary>
internal sealed class LatencyAds
{
    public const int Partitions = 2;
    public const int Campaigns = 100;
    private const int Ads = 1000;
    private const int EventsAPartition = 8192;
    private const int Seed = 4712;
    private static readonly string[] AdTypes = ["banner", "modal", "sponsored-search", "mail", "mobile"];
    private static readonly string[] EventTypes = ["view", "click", "purchase"];

    public LatencyAds()
    {
        var random = new Random(Seed);
        CampaignIds = [.. Enumerable.Range(0, Campaigns).Select(_ => Uuid(random))];
        var ads = Enumerable.Range(0, Ads).Select(i => (Id: Uuid(random), Campaign: i % Campaigns)).ToList();
        Table = [.. ads.Select(a => new YsbAd(Text.Literal(a.Id), Text.Literal(CampaignIds[a.Campaign])))];
        Events = [.. Enumerable.Range(0, Partitions).Select(p => Enumerable.Range(0, EventsAPartition).Select(_ => Make(random, ads, p)).ToImmutableArray())];
    }

    public ImmutableArray<string> CampaignIds { get; }

    /// <summary>Rows of the table that the job looks ads up in.</summary>
    public ImmutableArray<YsbAd> Table { get; }

    /// <summary>By partition.</summary>
    public ImmutableArray<ImmutableArray<ReadyEvent>> Events { get; }

    private static ReadyEvent Make(Random random, List<(string Id, int Campaign)> ads, int partition)
    {
        var ad = ads[(random.Next(Ads / Partitions) * Partitions) + partition];
        var type = EventTypes[random.Next(EventTypes.Length)];
        var start = $$"""{"user_id": "{{Uuid(random)}}", "page_id": "{{Uuid(random)}}", "ad_id": "{{ad.Id}}", "ad_type": "{{AdTypes[random.Next(AdTypes.Length)]}}", "event_type": "{{type}}", "event_time": """ + "\"";
        return new ReadyEvent(Encoding.UTF8.GetBytes(start + """0000000000000", "ip_address": "1.2.3.4"}"""), start.Length, type == "view" ? ad.Campaign : ReadyEvent.NotCounted);
    }

    private static string Uuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
