using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;
using Leat.Log;

namespace Leat.Host.Verbs;

/// <summary>Sets where a group goes on.</summary>
internal sealed class LogGroupsResetVerb : Verb
{
    private static readonly Option<string> Topic = new("--topic") { Description = "topic whose offsets are set", HelpName = "TOPIC", Required = true };
    private static readonly Option<LogPosition?> To = OptionValues.Position("--to", "where the group goes on: an offset, start, end, or a time (default: start)");
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "only tell what would be set" };

    public override string Name => "reset";

    public override string Summary => "set where a group without members goes on";

    public override ImmutableArray<string> Examples =>
        ["log groups reset reports --topic sales --to start", "log groups reset reports --topic sales --partition 0 --to 4711", "log groups reset reports --topic sales --to 2026-01-05T10:00:00Z --dry-run"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogGroupsVerb.Group];

    public override ImmutableArray<Option> Options => [Topic, To, LogPlace.Partition, DryRun];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var log = LogPlace.Log(context);
        var group = context.Get(LogGroupsVerb.Group)!;
        var before = (await log.Groups.CommittedAsync(group, ct)).ToDictionary(o => o.Partition, o => o.Offset);
        var (offsets, rows) = (new List<GroupOffset>(), new JsonArray());
        foreach (var partition in LogPlace.Partitions(context, await LogPlace.TopicAsync(context, context.Get(Topic)!, ct)))
        {
            var offset = await (context.Get(To) ?? LogPosition.Start).ResolveAsync(log, partition, ct);
            offsets.Add(new GroupOffset(partition, offset));
            rows.Add(new JsonObject { ["topic"] = partition.Topic, ["partition"] = partition.Partition, ["before"] = before.TryGetValue(partition, out var old) ? old : null, ["after"] = offset });
        }
        if (!context.Get(DryRun)) await log.Groups.SetOffsetsAsync(group, offsets, ct);
        ObjectTable.Write(context, rows, "");
        return 0;
    }
}
