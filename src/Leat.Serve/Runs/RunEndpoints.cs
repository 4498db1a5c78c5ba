using System.Text.Json;
using Leat.Core;
using Leat.Serve.Answers;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Runs;

/// <summary>What ran lately, and what starts and ends now.</summary>
internal sealed class RunEndpoints(LiveAnswer live, IRunEvents? events = null) : ILeatEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/runs", ListAsync);
        routes.MapGet("/v1/runs/live", LiveAsync);
    }

    private Task ListAsync(HttpContext http)
    {
        var parameters = new QueryParameters(http, "limit", "job");
        var limit = parameters.Number("limit", 100, 1, 1_024);
        var job = parameters.Text("job");
        var newestFirst = (events?.Recent ?? []).Reverse().Where(e => job is null || e.Job == job).Take(limit);
        return JsonAnswer.WriteAsync(http, new RunList([.. newestFirst]), ServeJson.Default.RunList);
    }

    private Task LiveAsync(HttpContext http)
    {
        var room = events ?? throw Missing.Room("run events");
        return live.SendAsync(
            http, room.SubscribeAsync, null,
            (output, runEvent) => output.Write("run", runEvent.Sequence, json => JsonSerializer.Serialize(json, runEvent, ServeJson.Default.RunEvent)));
    }
}
