using System.Net;
using Leat.Lake;
using Leat.Serve.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Lake;

public sealed class LakeTests
{
    [Fact]
    public async Task Given_tables_Then_figures_of_each()
    {
        await using var server = await StartAsync();
        Assert.Equal("""{"tables":[{"table":"raw.orders","version":4,"files":5,"rows":50,"bytes":5000}]}""", (await server.GetAsync("/v1/lake")).Body.ToJsonString());
    }

    [Fact]
    public async Task Given_a_table_Then_columns_files_and_the_history_that_is_left()
    {
        await using var server = await StartAsync();
        var body = (await server.GetAsync("/v1/lake/raw.orders")).Body;
        Assert.Equal(["4:50", "3:40", "2:30"], body["history"]!.AsArray().Select(h => $"{h!["version"]}:{h["rows"]}"));
        Assert.Equal(("id", "day", 4, 5), ((string?)body["columns"]![0]!["name"], (string?)body["partition_columns"]![0], (int)body["transactions"]!["job"]!, body["newest_files"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("/v1/lake/raw.order", HttpStatusCode.NotFound, "LEAT6031")]
    [InlineData("/v1/lake/raw.orders?version=9", HttpStatusCode.BadRequest, "LEAT3004")]
    public async Task Given_what_is_not_there_Then_a_problem(string path, HttpStatusCode status, string code)
    {
        await using var server = await StartAsync();
        var answer = await server.GetAsync(path);
        Assert.Equal((status, code), (answer.Status, (string?)answer.Body["code"]));
    }

    [Fact]
    public async Task Given_rooms_Then_the_catalog_lists_their_datasets()
    {
        await using var server = await StartAsync();
        Assert.Equal("""{"datasets":[{"kind":"table","name":"raw.orders","sql":"lake.raw.orders","link":"/v1/lake/raw.orders","fields":{}}]}""", (await server.GetAsync("/v1/catalog")).Body.ToJsonString());
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(rooms => rooms.AddSingleton<ILakeCatalog>(new FakeLake()));
}
