using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Core;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;
using Leat.Log;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Verbs;

/// <summary>Puts dead letters back.</summary>
internal sealed class LogReplayVerb : Verb
{
    private static readonly Option<string?> To = new("--to") { Description = "topic the records go to (default: the one they came from)", HelpName = "TOPIC" };
    private static readonly Option<long?> From = new("--from") { Description = "first offset of the dead letters", HelpName = "OFFSET" };
    private static readonly Option<long?> Limit = new("--limit", "-n") { Description = "most dead letters", HelpName = "N" };
    private static readonly Option<string?> Code = new("--code") { Description = "only dead letters with this code", HelpName = "LEATnnnn" };
    private static readonly Option<string?> Repair = new("--repair") { Description = "file of repaired records, a JSON object a line with offset and value; others go back as they are", HelpName = "FILE" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "only tell what would go back and what would stay" };

    public override string Name => "replay";

    public override string Summary => "put dead letters back into their topic, unchanged or repaired, each once";

    public override ImmutableArray<string> Examples =>
        ["log replay sales.dlq --dry-run", "log replay sales.dlq --code LEAT1304", "log read sales.dlq --format json > repairs.ndjson", "log replay sales.dlq --repair repairs.ndjson"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogPlace.Topic];

    public override ImmutableArray<Option> Options => [To, From, Limit, Code, Repair, DryRun];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var topic = await LogPlace.TopicAsync(context, ct);
        var options = new ReplayOptions(topic.Name) { To = context.Get(To), From = context.Get(From) ?? 0, Limit = context.Get(Limit), Code = context.Get(Code), DryRun = context.Get(DryRun) };
        if (context.Get(Repair) is { } file) options = options with { Repairs = await RepairFile.ReadAsync(Path.GetFullPath(file, context.Console.WorkingFolder), ct) };
        var replay = new DeadLetterReplay(LogPlace.Log(context), context.Services.GetService<IDatasetContracts>(), context.Services.GetService<ITopicRegistry>());
        Write(context, topic.Name, await replay.RunAsync(options, ct), options.DryRun);
        return 0;
    }

    private static void Write(VerbContext context, string topic, ReplayResult result, bool dryRun)
    {
        var refusals = new JsonArray([.. result.Refusals.Select(r => new JsonObject { ["partition"] = r.Partition, ["offset"] = r.Offset, ["code"] = r.Code, ["field"] = r.Field, ["reason"] = r.Reason })]);
        if (context.Json)
        {
            context.WriteJson(new JsonObject { ["topic"] = topic, ["dry_run"] = dryRun, ["replayed"] = result.Replayed, ["done_before"] = result.Done, ["refused"] = result.Refused, ["refusals"] = refusals });
            return;
        }
        if (refusals.Count > 0) ObjectTable.Write(context, refusals, "");
        context.Talk($"{topic}: {result.Replayed} {(dryRun ? "would go" : "went")} back, {result.Done} had been put back or replaced before, {result.Refused} break the contract and {(dryRun ? "would stay" : "stay")}");
    }
}
