using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;
using Leat.Log;

namespace Leat.Host.Verbs;

/// <summary>Topics in JSON and for people.</summary>
internal static class TopicText
{
    /// <summary>One line of the list: sums over the partitions.</summary>
    public static async Task<JsonObject> RowAsync(IEventLog log, TopicInfo topic, CancellationToken ct)
    {
        var parts = await PartsAsync(log, topic, ct);
        return new JsonObject
        {
            ["topic"] = topic.Name,
            ["partitions"] = topic.Partitions,
            ["offsets"] = parts.Sum(p => p.EndOffsetExcl - p.StartOffset),
            ["size_bytes"] = parts.Sum(p => p.SizeBytes),
            ["newest"] = Time(parts.Max(p => p.MaxTimestampMs)),
            ["cleanup"] = TopicSettings.Json(topic.Options)["cleanup"]!.ToString(),
        };
    }

    /// <summary>The topic with settings and partitions.</summary>
    public static async Task<JsonObject> WholeAsync(IEventLog log, TopicInfo topic, CancellationToken ct)
    {
        var parts = await PartsAsync(log, topic, ct);
        return new JsonObject
        {
            ["topic"] = topic.Name,
            ["settings"] = TopicSettings.Json(topic.Options),
            ["partitions"] = new JsonArray([.. parts.Select((p, number) => new JsonObject
            {
                ["partition"] = number, ["start_offset"] = p.StartOffset, ["end_offset"] = p.EndOffsetExcl, ["size_bytes"] = p.SizeBytes, ["newest"] = Time(p.MaxTimestampMs),
            })]),
        };
    }

    /// <summary>Writes what <see cref="WholeAsync"/> made.</summary>
    public static void Write(VerbContext context, JsonObject topic)
    {
        if (context.Json)
        {
            context.WriteJson(topic);
            return;
        }
        context.Out.WriteLine(topic["topic"]!.ToString());
        foreach (var (name, value) in topic["settings"]!.AsObject()) context.Out.WriteLine($"  {name,-24}{value?.ToString() ?? "none"}");
        context.Out.WriteLine();
        ObjectTable.Write(context, topic["partitions"]!.DeepClone().AsArray(), "");
    }

    public static string? Time(long timestampMs) => timestampMs < 0 ? null : ValueText.Json(DateTimeOffset.FromUnixTimeMilliseconds(timestampMs).UtcDateTime)!.ToString();

    private static async Task<List<PartitionInfo>> PartsAsync(IEventLog log, TopicInfo topic, CancellationToken ct)
    {
        var parts = new List<PartitionInfo>(topic.Partitions);
        for (var p = 0; p < topic.Partitions; p++) parts.Add(await log.DescribeAsync(new TopicPartition(topic.Name, p), ct));
        return parts;
    }
}
