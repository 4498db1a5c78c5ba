using Leat.Serve.Answers;
using Leat.Serve.Problems;
using Leat.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Streams;

/// <summary>Stream jobs in figures, and one with its graph.</summary>
internal sealed class StreamEndpoints(IStreamRuntime? runtime = null, IStreamInspection? inspection = null) : ILeatEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/streams", http => JsonAnswer.WriteAsync(http, new StreamList(Jobs), ServeJson.Default.StreamList));
        routes.MapGet("/v1/streams/{name}", OneAsync);
    }

    private IReadOnlyList<JobStatus> Jobs => runtime?.List() ?? [];

    private Task OneAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        var job = Jobs.FirstOrDefault(j => j.Name == name) ?? throw Missing.Named("LEAT6031", "stream", name, Jobs.Select(j => j.Name));
        if (inspection is not null) return JsonAnswer.WriteAsync(http, inspection.Describe(name), ServeJson.Default.JobDescription);
        return JsonAnswer.WriteAsync(http, job, ServeJson.Default.JobStatus);
    }
}
