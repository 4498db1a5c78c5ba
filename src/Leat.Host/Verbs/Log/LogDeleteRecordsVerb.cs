using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;

namespace Leat.Host.Verbs;

/// <summary>Removes old records.</summary>
internal sealed class LogDeleteRecordsVerb : Verb
{
    private static readonly Option<LogPosition?> Before = Required();

    public override string Name => "delete-records";

    public override string Summary => "remove the records before a place, for ever";

    public override ImmutableArray<string> Examples => ["log delete-records sales --before 2026-01-01", "log delete-records sales --partition 0 --before 120000", "log delete-records sales --before end"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogPlace.Topic];

    public override ImmutableArray<Option> Options => [Before, LogPlace.Partition];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var log = LogPlace.Log(context);
        var rows = new JsonArray();
        foreach (var partition in LogPlace.Partitions(context, await LogPlace.TopicAsync(context, ct)))
        {
            var start = await log.DeleteRecordsAsync(partition, await context.Get(Before)!.ResolveAsync(log, partition, ct), ct);
            rows.Add(new JsonObject { ["topic"] = partition.Topic, ["partition"] = partition.Partition, ["start_offset"] = start });
        }
        ObjectTable.Write(context, rows, "");
        return 0;
    }

    private static Option<LogPosition?> Required()
    {
        var option = OptionValues.Position("--before", "first record kept: an offset, end, or a time");
        option.Required = true;
        return option;
    }
}
