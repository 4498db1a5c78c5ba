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
    private const int ReadBytes = 4 << 20;
    private static readonly Argument<string?> Topic = new("topic") { Description = "name of the topic (default: all, the log's own too)", HelpName = "TOPIC", Arity = ArgumentArity.ZeroOrOne };

    public override string Name => "check";

    public override string Summary => "read every batch and report damage; exit 1 when there is any";

    public override ImmutableArray<string> Examples => ["log check", "log check sales", "log check --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [Topic];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var rows = new JsonArray();
        var damaged = 0;
        foreach (var topic in await TopicsAsync(context, ct))
        {
            for (var partition = 0; partition < topic.Partitions; partition++)
            {
                var (row, ranges) = await CheckAsync(LogPlace.Log(context), new TopicPartition(topic.Name, partition), context, ct);
                rows.Add(row);
                damaged += ranges;
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

    private static async Task<(JsonObject Row, int Ranges)> CheckAsync(IEventLog log, TopicPartition partition, VerbContext context, CancellationToken ct)
    {
        var held = await log.DescribeAsync(partition, ct);
        var (records, bytes, ranges) = (0L, 0L, new JsonArray());
        await using var reader = log.OpenReader(partition, held.StartOffset);
        while (reader.Position < held.EndOffsetExcl)
        {
            try
            {
                using var block = await reader.ReadAsync(ReadBytes, TimeSpan.Zero, ct);
                if (block is null) break;
                (records, bytes) = (records + block.Count, bytes + block.Bytes.Length);
            }
            catch (DamagedBatchException damage)
            {
                context.Talk(damage.Message);
                ranges.Add($"{reader.Position}-{damage.ResumeOffset}");
                reader.Seek(damage.ResumeOffset);
            }
        }
        var row = new JsonObject
        {
            ["topic"] = partition.Topic, ["partition"] = partition.Partition, ["start_offset"] = held.StartOffset, ["end_offset"] = held.EndOffsetExcl,
            ["records"] = records, ["bytes"] = bytes, ["damaged"] = ranges,
        };
        return (row, ranges.Count);
    }
}
