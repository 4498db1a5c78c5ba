using Leat.Flows;
using Leat.Serve.Answers;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Flows;

/// <summary>Flows, their runs, and a run with its tasks and attempts.</summary>
internal sealed class FlowEndpoints(IFlowRuntime? flows = null) : ILeatEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/flows", ListAsync);
        routes.MapGet("/v1/flows/{name}/runs", RunsAsync);
        routes.MapGet("/v1/flows/{name}/runs/{run}", RunAsync);
    }

    private async Task ListAsync(HttpContext http)
    {
        var answers = new List<FlowAnswer>();
        foreach (var flow in flows?.List() ?? [])
        {
            var newest = await flows!.HistoryAsync(flow.Name, 1, http.RequestAborted).ConfigureAwait(false);
            answers.Add(new FlowAnswer(
                flow.Name, flow.DeclaredAt, flow.Schedule?.Cron, flow.Schedule?.TimeZone, flow.MaxActiveRuns, [.. flow.Tasks.Select(t => new FlowTaskAnswer(t.Name, t.Kind, t.After))],
                newest.Count > 0 ? newest[0] : null));
        }
        await JsonAnswer.WriteAsync(http, new FlowList(answers), ServeJson.Default.FlowList).ConfigureAwait(false);
    }

    private async Task RunsAsync(HttpContext http)
    {
        var limit = new QueryParameters(http, "limit").Number("limit", 50, 1, 1_000);
        var (room, name) = Find(http);
        var runs = await room.HistoryAsync(name, limit, http.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(http, new FlowRunList(runs), ServeJson.Default.FlowRunList).ConfigureAwait(false);
    }

    private async Task RunAsync(HttpContext http)
    {
        var (room, name) = Find(http);
        var id = (string)http.Request.RouteValues["run"]!;
        var run = await room.FindAsync(id, http.RequestAborted).ConfigureAwait(false);
        if (run is null || run.Flow != name)
        {
            var known = await room.HistoryAsync(name, 10, http.RequestAborted).ConfigureAwait(false);
            throw Missing.Named("LEAT6031", $"run of flow '{name}':", id, known.Select(r => r.RunId));
        }
        await JsonAnswer.WriteAsync(http, run, ServeJson.Default.FlowRun).ConfigureAwait(false);
    }

    private (IFlowRuntime Room, string Name) Find(HttpContext http)
    {
        var room = flows ?? throw Missing.Room("flows");
        var name = (string)http.Request.RouteValues["name"]!;
        var known = room.List().Select(f => f.Name).ToArray();
        return known.Contains(name) ? (room, name) : throw Missing.Named("LEAT6031", "flow", name, known);
    }
}
