using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Verbs;

/// <summary>Jobs with state and figures.</summary>
internal sealed class StreamListVerb : Verb
{
    public override string Name => "list";

    public override string Summary => "jobs with state and figures";

    public override ImmutableArray<string> Examples => ["stream list", "stream list --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var jobs = context.Services.GetRequiredService<IStreamRuntime>().List();
        ObjectTable.Write(context, new JsonArray([.. jobs.Select(Row)]), "there are no stream jobs; add one in C# with AddStream<T>()");
        return Task.FromResult(0);
    }

    private static JsonObject Row(JobStatus job) => new()
    {
        ["name"] = job.Name,
        ["state"] = job.State,
        ["events_read"] = job.EventsRead,
        ["events_per_second"] = Math.Round(job.EventsPerSecond, 1),
        ["lag"] = job.Lag,
        ["watermark"] = ValueText.Json(job.Watermark),
        ["late_events"] = job.LateEvents,
        ["dead_events"] = job.DeadEvents,
        ["checkpoint_id"] = job.CheckpointId,
        ["checkpoint_ms"] = Math.Round(job.CheckpointMs, 1),
        ["latency_p50_ms"] = job.LatencyP50Ms,
        ["latency_p99_ms"] = job.LatencyP99Ms,
        ["error"] = job.Error,
    };
}
