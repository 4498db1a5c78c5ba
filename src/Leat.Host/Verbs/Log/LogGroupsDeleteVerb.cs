using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Forgets a group.</summary>
internal sealed class LogGroupsDeleteVerb : Verb
{
    public override string Name => "delete";

    public override string Summary => "forget a group without members and its offsets";

    public override ImmutableArray<string> Examples => ["log groups delete reports"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogGroupsVerb.Group];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var group = await LogGroupsVerb.FindAsync(context, ct);
        await LogPlace.Log(context).Groups.DeleteAsync(group.Group, ct);
        if (context.Json) context.WriteJson(new JsonObject { ["group"] = group.Group, ["deleted"] = true });
        else context.Talk($"group '{group.Group}' is forgotten");
        return 0;
    }
}
