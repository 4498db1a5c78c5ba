using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;
using Leat.Log;

namespace Leat.Host.Verbs;

/// <summary>Reads everything and says what is damaged.</summary>
internal sealed class LogCheckVerb : Verb
{
    private static readonly Argument<string?> Topic = new("topic") { Description = "name of the topic (default: all, the log's own too)", HelpName = "TOPIC", Arity = ArgumentArity.ZeroOrOne };

    public override string Name => "check";

    public override string Summary => "read every batch and report damage; exit 1 when there is any";

    public override ImmutableArray<string> Examples => ["log check", "log check sales", "log check --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [Topic];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var log = LogPlace.Embedded(context);
        var rows = new JsonArray();
        var damaged = 0;
        foreach (var topic in await TopicsAsync(context, ct))
        {
            for (var partition = 0; partition < topic.Partitions; partition++)
            {
                var report = await log.CheckAsync(new TopicPartition(topic.Name, partition), ct);
                foreach (var range in report.Damage) context.Talk($"LEAT2021 {report.Partition} {range.Where}: the records from offset {range.FromOffset} to {range.ToOffsetExcl} (excluded) are damaged: {range.Problem}");
                rows.Add(Row(report));
                damaged += report.Damage.Count;
            }
        }
        ObjectTable.Write(context, rows, "there are no topics");
        if (damaged > 0) context.Talk($"{damaged} damaged {(damaged == 1 ? "range" : "ranges")}: restore the segments from a backup, or go on after them with 'leat log skip'");
        return damaged > 0 ? 1 : 0;
    }

    private static async Task<IReadOnlyList<TopicInfo>> TopicsAsync(VerbContext context, CancellationToken ct)
    {
        if (context.Get(Topic) is not null) return [await LogPlace.TopicAsync(context, context.Get(Topic)!, ct)];
        var log = LogPlace.Log(context);
        var topics = (await log.ListTopicsAsync(ct)).ToList();
        if (!Directory.Exists(context.Project.LogFolder)) return topics;
        foreach (var folder in Directory.EnumerateDirectories(context.Project.LogFolder, "__*").Order(StringComparer.Ordinal))
        {
            if (await log.FindTopicAsync(Path.GetFileName(folder), ct) is { } own) topics.Add(own);
        }
        return topics;
    }

    private static JsonObject Row(PartitionReport report) => new()
    {
        ["topic"] = report.Partition.Topic, ["partition"] = report.Partition.Partition, ["start_offset"] = report.StartOffset, ["end_offset"] = report.EndOffsetExcl,
        ["records"] = report.Records, ["bytes"] = report.Bytes, ["damaged"] = new JsonArray([.. report.Damage.Select(r => (JsonNode)$"{r.FromOffset}-{r.ToOffsetExcl}")]),
    };
}
