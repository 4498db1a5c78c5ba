using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Tests.OpenApi;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Given_the_document_Then_its_operations_are_exactly_the_mapped_routes()
    {
        await using var server = await RunningServer.StartAsync();
        var (status, document) = await server.GetAsync("/openapi.json");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("3.1.0", (string?)document["openapi"]);
        var described = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}")).Order().ToArray();
        Assert.Equal(MappedRoutes(), described);
    }

    [Fact]
    public async Task Given_the_document_Then_every_reference_resolves_every_path_parameter_is_declared_and_ids_are_unique()
    {
        await using var server = await RunningServer.StartAsync();
        var document = (await server.GetAsync("/openapi.json")).Body;
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var reference in References(document)) Assert.True(schemas.ContainsKey(reference["#/components/schemas/".Length..]), reference);
        var ids = new HashSet<string>();
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (_, operation) in operations!.AsObject())
            {
                Assert.True(ids.Add((string)operation!["operationId"]!));
                Assert.NotEmpty(operation["responses"]!.AsObject());
                var declared = (operation["parameters"]?.AsArray() ?? []).Where(p => (string?)p!["in"] == "path").Select(p => (string)p!["name"]!).Order();
                Assert.Equal(path.Split('/').Where(s => s.StartsWith('{')).Select(s => s[1..^1]).Order(), declared);
            }
        }
    }

    private static string[] MappedRoutes()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        Microsoft.AspNetCore.Hosting.WebHostBuilderKestrelExtensions.UseKestrelCore(builder.WebHost);
        builder.Services.AddLeatServe(new ServerOptions());
        var app = builder.Build().MapLeat();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText}")).Order()];
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Key == "$ref" ? [(string)m.Value!] : References(m.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
