using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;

namespace Leat.Host.Verbs;

/// <summary>Groups with their lag.</summary>
internal sealed class LogGroupsListVerb : Verb
{
    public override string Name => "list";

    public override string Summary => "groups with state, members and lag";

    public override ImmutableArray<string> Examples => ["log groups list", "log groups list --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var groups = LogPlace.Log(context).Groups;
        var rows = new JsonArray();
        foreach (var group in await groups.ListAsync(ct))
        {
            var lag = await groups.LagAsync(group.Group, ct);
            rows.Add(new JsonObject { ["group"] = group.Group, ["state"] = group.State, ["members"] = group.Members.Count, ["partitions"] = lag.Count, ["lag"] = lag.Sum(l => l.Records) });
        }
        ObjectTable.Write(context, rows, "there are no consumer groups");
        return 0;
    }
}
