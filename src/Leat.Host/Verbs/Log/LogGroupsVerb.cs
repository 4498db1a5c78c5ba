using System.Collections.Immutable;
using System.CommandLine;
using Leat.Core;
using Leat.Host.CommandLine;
using Leat.Log;

namespace Leat.Host.Verbs;

/// <summary>Consumer groups of the log.</summary>
internal sealed class LogGroupsVerb : Verb
{
    public static readonly Argument<string> Group = new("group") { Description = "id of the group", HelpName = "GROUP" };

    public override string Name => "groups";

    public override string Summary => "list, describe, reset and delete consumer groups";

    public override ImmutableArray<string> Examples => ["log groups list", "log groups describe reports", "log groups reset reports --topic sales --to start", "log groups delete reports"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Verb> Children => [new LogGroupsListVerb(), new LogGroupsDescribeVerb(), new LogGroupsResetVerb(), new LogGroupsDeleteVerb()];

    public override Task<int> RunAsync(VerbContext context, CancellationToken ct) => throw new InvalidOperationException("a group of verbs does not run");

    /// <summary>The group named on the command line.</summary>
    /// <exception cref="LeatException">LEAT2035 there is no such group.</exception>
    public static async Task<GroupInfo> FindAsync(VerbContext context, CancellationToken ct)
    {
        var name = context.Get(Group)!;
        var groups = await LogPlace.Log(context).Groups.ListAsync(ct);
        if (groups.FirstOrDefault(g => g.Group == name) is { } found) return found;
        var nearest = Nearest.To(name, groups.Select(g => g.Group));
        throw new LeatException("LEAT2035", $"there is no group '{name}'", "the event log", nearest is null ? "see 'leat log groups list'" : $"did you mean '{nearest}'?");
    }
}
