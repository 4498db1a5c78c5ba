using System.Reflection;
using Leat.Core;
using Leat.Serve.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Catalog;

/// <summary>What runs here, since when, and where its parts answer.</summary>
internal sealed class ProjectEndpoints(TimeProvider time, LeatProject? project = null) : ILeatEndpoints
{
    private static readonly Dictionary<string, string> Links = new()
    {
        ["views"] = "/v1/views", ["streams"] = "/v1/streams", ["events"] = "/v1/events", ["lake"] = "/v1/lake", ["flows"] = "/v1/flows", ["runs"] = "/v1/runs",
        ["catalog"] = "/v1/catalog", ["sql"] = "/v1/sql", ["health"] = "/health/ready", ["metrics"] = "/metrics", ["openapi"] = "/openapi.json",
    };

    private readonly DateTimeOffset _started = time.GetUtcNow();

    public static string Version { get; } =
        typeof(ProjectEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/project", http => JsonAnswer.WriteAsync(
        http, new ProjectAnswer(project?.Name ?? "leat", Version, project?.Target ?? "dev", _started, time.GetUtcNow(), Links), ServeJson.Default.ProjectAnswer));
}
