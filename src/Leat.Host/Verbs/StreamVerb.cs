using System.Collections.Immutable;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Stream jobs.</summary>
internal sealed class StreamVerb : Verb
{
    public override string Name => "stream";

    public override string Summary => "stream jobs and their figures";

    public override ImmutableArray<string> Examples => ["stream list", "stream list --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Verb> Children => [new StreamListVerb()];

    public override Task<int> RunAsync(VerbContext context, CancellationToken ct) => throw new InvalidOperationException("a group of verbs does not run");
}
