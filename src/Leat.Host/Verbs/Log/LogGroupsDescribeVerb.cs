using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;
using Leat.Log;

namespace Leat.Host.Verbs;

/// <summary>One group.</summary>
internal sealed class LogGroupsDescribeVerb : Verb
{
    public override string Name => "describe";

    public override string Summary => "members, committed offsets and lag of a group";

    public override ImmutableArray<string> Examples => ["log groups describe reports", "log groups describe reports --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogGroupsVerb.Group];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var group = await LogGroupsVerb.FindAsync(context, ct);
        var rows = new JsonArray([.. (await LogPlace.Log(context).Groups.LagAsync(group.Group, ct)).Select(Row)]);
        if (context.Json)
        {
            context.WriteJson(new JsonObject { ["group"] = group.Group, ["state"] = group.State, ["members"] = new JsonArray([.. group.Members.Select(m => JsonValue.Create(m))]), ["partitions"] = rows });
            return 0;
        }
        context.Out.WriteLine($"{group.Group}: {group.State}, {group.Members.Count} members{(group.Members.Count == 0 ? "" : $": {string.Join(", ", group.Members)}")}");
        ObjectTable.Write(context, rows, "it has committed nothing");
        return 0;
    }

    private static JsonObject Row(GroupLag lag) => new()
    {
        ["topic"] = lag.Partition.Topic, ["partition"] = lag.Partition.Partition, ["committed"] = lag.Committed, ["end_offset"] = lag.EndOffsetExcl, ["lag"] = lag.Records,
    };
}
