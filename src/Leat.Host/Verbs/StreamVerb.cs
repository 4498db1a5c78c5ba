using System.Collections.Immutable;
using System.CommandLine;
using Leat.Host.CommandLine;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Verbs;

/// <summary>Stream jobs.</summary>
internal sealed class StreamVerb : Verb
{
    public static readonly Argument<string> Job = new("job") { Description = "name of the stream job", HelpName = "JOB" };

    public override string Name => "stream";

    public override string Summary => "stream jobs: figures, graph, stop, start, savepoints, reset";

    public override ImmutableArray<string> Examples => ["stream list", "stream describe campaign_views", "stream stop campaign_views --savepoint", "stream start campaign_views", "stream reset campaign_views --yes"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Verb> Children => [new StreamListVerb(), new StreamDescribeVerb(), new StreamStopVerb(), new StreamStartVerb(), new StreamSavepointVerb(), new StreamResetVerb()];

    public override Task<int> RunAsync(VerbContext context, CancellationToken ct) => throw new InvalidOperationException("a group of verbs does not run");

    public static IStreamControl Control(VerbContext context) => context.Services.GetRequiredService<IStreamControl>();
}
