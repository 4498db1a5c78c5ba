using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Leat.Flows;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Verbs;

/// <summary>Flows with schedule and last run.</summary>
internal sealed class FlowListVerb : Verb
{
    public override string Name => "list";

    public override string Summary => "flows with schedule and last run";

    public override ImmutableArray<string> Examples => ["flow list", "flow list --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var runtime = context.Services.GetRequiredService<IFlowRuntime>();
        var flows = new JsonArray();
        foreach (var flow in runtime.List())
        {
            var last = await runtime.HistoryAsync(flow.Name, 1, ct);
            flows.Add(new JsonObject
            {
                ["name"] = flow.Name,
                ["schedule"] = flow.Schedule?.ToString(),
                ["tasks"] = flow.Tasks.Length,
                ["last_run"] = last.Count == 0 ? null : last[0].RunId,
                ["last_state"] = last.Count == 0 ? null : FlowText.Word(last[0].State),
                ["last_ended_at"] = last.Count == 0 ? null : ValueText.Json(last[0].EndedAt?.UtcDateTime),
            });
        }
        ObjectTable.Write(context, flows, "there are no flows; put one in flows/*.yml");
        return 0;
    }
}
