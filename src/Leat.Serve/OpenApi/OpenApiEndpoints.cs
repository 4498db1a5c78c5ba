using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Leat.Serve.Catalog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.OpenApi;

/// <summary>
/// <c>GET /openapi.json</c>: the document beside this file with the program's version put in, read on first use. A test holds its paths equal to the mapped routes.
/// </summary>
internal sealed class OpenApiEndpoints : ILeatEndpoints
{
    private readonly Lazy<byte[]> _document = new(Load);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/openapi.json", WriteAsync);

    private async Task WriteAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        await http.Response.BodyWriter.WriteAsync(_document.Value, http.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] Load()
    {
        using var resource = typeof(OpenApiEndpoints).Assembly.GetManifestResourceStream("openapi.json")!;
        var document = JsonNode.Parse(resource)!;
        document["info"]!["version"] = ProjectEndpoints.Version;
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }
}
