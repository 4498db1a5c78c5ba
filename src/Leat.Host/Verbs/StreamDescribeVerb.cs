using System.Collections.Immutable;
using System.CommandLine;
using Leat.Host.CommandLine;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Verbs;

/// <summary>One job's graph with figures, and what holds it back.</summary>
internal sealed class StreamDescribeVerb : Verb
{
    public override string Name => "describe";

    public override string Summary => "a job's operators with rows, rates, watermarks and state, and what holds it back";

    public override ImmutableArray<string> Examples => ["stream describe campaign_views", "stream describe campaign_views --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [StreamVerb.Job];

    public override Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var job = context.Services.GetRequiredService<IStreamInspection>().Describe(context.Get(StreamVerb.Job)!);
        if (context.Json) context.WriteJson(StreamDescriptionText.Json(job));
        else StreamDescriptionText.Write(context.Out, job);
        return Task.FromResult(0);
    }
}
