using System.Globalization;
using System.Text.Json;
using Leat.Log;

namespace Leat.Streams.Tests;

/// <summary>The windows of all events in a log, in a plain loop that shares no code with the job.</summary>
internal sealed class LogAudit
{
    private readonly Dictionary<(DateTime Start, string Campaign), (long Views, decimal Cost, HashSet<string> Users)> _groups = [];

    public long Events { get; private set; }

    /// <summary>Lines as of <see cref="WindowLines"/>, sorted.</summary>
    public async Task<List<string>> LinesAsync(string folder)
    {
        await using var log = EmbeddedLog.Open(folder);
        for (var partition = 0; partition < CrashJob.Partitions; partition++)
        {
            await using var reader = log.OpenReader(new TopicPartition(YsbViews.Topic, partition), 0);
            while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, default) is { } block)
            {
                using (block) Add(block);
            }
        }

        return [.. _groups.Select(g => WindowLines.Of(g.Key.Start, g.Key.Campaign, g.Value.Views, g.Value.Cost, g.Value.Users.Count)).Order(StringComparer.Ordinal)];
    }

    private void Add(RecordBlock block)
    {
        foreach (ref readonly var record in block)
            if (!record.IsTombstone) Add(JsonDocument.Parse(record.Value.ToArray()).RootElement);
    }

    private void Add(JsonElement json)
    {
        Events++;
        var ad = int.Parse(json.GetProperty("ad_id").GetString()!["ad-".Length..], CultureInfo.InvariantCulture);
        if (json.GetProperty("event_type").GetString() != "view" || ad >= 100) return;
        var at = json.GetProperty("event_time").GetDateTime();
        var key = (at.AddTicks(-(at.Ticks % TimeSpan.FromSeconds(10).Ticks)), (ad % 10 < 5 ? "c" : "campaign with a long name ") + (ad % 10).ToString(CultureInfo.InvariantCulture));
        var group = _groups.GetValueOrDefault(key, (0, 0m, []));
        group.Users.Add(json.GetProperty("user").GetString()!);
        _groups[key] = (group.Views + 1, group.Cost + json.GetProperty("cost").GetDecimal(), group.Users);
    }
}
