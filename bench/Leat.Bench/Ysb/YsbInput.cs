using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Leat.Core;
using Leat.Log;

namespace Leat.Bench.Ysb;

/// <summary>Seeded events, in the embedded log and in an NDJSON file, and the answer counted while they are made.</summary>
internal sealed class YsbInput : IAsyncDisposable
{
    public const string Topic = "ad-events";
    public const int Partitions = 2;
    public const int EventsPerSecond = 10_000;
    private const int Seed = 4711;
    private const int RecordsABatch = 2_000;
    private static readonly string[] AdTypes = ["banner", "modal", "sponsored-search", "mail", "mobile"];
    private static readonly string[] EventTypes = ["view", "click", "purchase"];
    private readonly string _folder;

    private YsbInput(string folder, EmbeddedLog log, ImmutableArray<(string Ad, string Campaign)> pairs)
    {
        _folder = folder;
        Log = log;
        Pairs = pairs;
        Ads = [.. pairs.Select(p => new YsbAd(Text.Literal(p.Ad), Text.Literal(p.Campaign)))];
    }

    public EmbeddedLog Log { get; }

    public ImmutableArray<(string Ad, string Campaign)> Pairs { get; }

    public ImmutableArray<YsbAd> Ads { get; }

    /// <summary>Views by campaign and window start in epoch milliseconds, counted by the generator.</summary>
    public SortedDictionary<(string Campaign, long Window), long> Answer { get; } = [];

    public long Events { get; private set; }

    public string NdjsonFile => Path.Combine(_folder, "events.ndjson");

    public static async Task<YsbInput> MakeAsync(string folder, long events, CancellationToken ct)
    {
        var random = new Random(Seed);
        var campaigns = Enumerable.Range(0, 100).Select(_ => Uuid(random)).ToList();
        var pairs = Enumerable.Range(0, 1000).Select(i => (Uuid(random), campaigns[i / 10])).ToImmutableArray();
        var log = EmbeddedLog.Open(Path.Combine(folder, "log"));
        var input = new YsbInput(folder, log, pairs);
        await log.CreateTopicAsync(Topic, new TopicOptions { Partitions = Partitions, Durability = Durability.Never }, ct);
        await input.FillAsync(random, events, ct);
        return input;
    }

    public async ValueTask DisposeAsync() => await Log.DisposeAsync();

    private async Task FillAsync(Random random, long events, CancellationToken ct)
    {
        var users = Enumerable.Range(0, 100).Select(_ => Uuid(random)).ToList();
        var pages = Enumerable.Range(0, 100).Select(_ => Uuid(random)).ToList();
        await using var file = new FileStream(NdjsonFile, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var builder = new RecordBatchBuilder();
        var line = new StringBuilder();
        for (long n = 0; n < events; n++)
        {
            var (ad, campaign) = Pairs[random.Next(1000)];
            var type = EventTypes[random.Next(3)];
            var time = start + (n * 1000 / EventsPerSecond);
            line.Clear().Append(CultureInfo.InvariantCulture, $$"""{"user_id": "{{users[random.Next(100)]}}", "page_id": "{{pages[random.Next(100)]}}", "ad_id": "{{ad}}", "ad_type": "{{AdTypes[random.Next(5)]}}", "event_type": "{{type}}", "event_time": "{{time}}", "ip_address": "1.2.3.4"}""");
            var bytes = Encoding.UTF8.GetBytes(line.ToString());
            builder.Add(time, default, bytes);
            await file.WriteAsync(bytes, ct);
            file.WriteByte((byte)'\n');
            if (type == "view") Count(campaign, time);
            if (builder.Count < RecordsABatch && n + 1 < events) continue;
            await Log.AppendAsync(new TopicPartition(Topic, (int)(n / RecordsABatch % Partitions)), builder, null, ct);
            builder.Clear();
        }

        Events = events;
    }

    private void Count(string campaign, long time)
    {
        var key = (campaign, time / 10_000 * 10_000);
        Answer[key] = Answer.GetValueOrDefault(key) + 1;
    }

    private static string Uuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
