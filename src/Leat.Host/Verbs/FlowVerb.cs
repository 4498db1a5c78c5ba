using System.Collections.Immutable;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Orchestration.</summary>
internal sealed class FlowVerb : Verb
{
    public override string Name => "flow";

    public override string Summary => "run flows, see what ran";

    public override ImmutableArray<string> Examples => ["flow list", "flow run daily_batch"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Verb> Children => [new FlowListVerb(), new FlowRunVerb()];

    public override Task<int> RunAsync(VerbContext context, CancellationToken ct) => throw new InvalidOperationException("a group of verbs does not run");
}
