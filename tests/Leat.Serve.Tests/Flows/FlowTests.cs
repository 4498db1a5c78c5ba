using System.Net;
using Leat.Flows;
using Leat.Serve.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Flows;

public sealed class FlowTests
{
    [Fact]
    public async Task Given_flows_Then_each_with_schedule_tasks_and_last_run()
    {
        await using var server = await StartAsync();
        var flow = (await server.GetAsync("/v1/flows")).Body["flows"]![0]!;
        Assert.Equal(("nightly", "0 2 * * *", "UTC", "running", "r2"), ((string?)flow["name"], (string?)flow["schedule"], (string?)flow["time_zone"], (string?)flow["last_run"]!["state"], (string?)flow["last_run"]!["run_id"]));
        Assert.Equal("""[{"name":"build","kind":"models","after":[]}]""", flow["tasks"]!.ToJsonString());
    }

    [Fact]
    public async Task Given_runs_Then_newest_first_and_one_with_its_attempts()
    {
        await using var server = await StartAsync();
        var runs = (await server.GetAsync("/v1/flows/nightly/runs?limit=5")).Body["runs"]!.AsArray();
        Assert.Equal(["r2", "r1"], runs.Select(r => (string)r!["run_id"]!));
        var task = (await server.GetAsync("/v1/flows/nightly/runs/r2")).Body["tasks"]![0]!;
        Assert.Equal(("up_for_retry", "LEAT4001: boom"), ((string?)task["state"], (string?)task["attempts"]![0]!["reason"]));
    }

    [Theory]
    [InlineData("/v1/flows/nigthly/runs", "did you mean 'nightly'?")]
    [InlineData("/v1/flows/nightly/runs/r3", "did you mean 'r2'?")]
    public async Task Given_an_unknown_name_Then_404_with_the_nearest(string path, string fix)
    {
        await using var server = await StartAsync();
        var (status, body) = await server.GetAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, "LEAT6031", fix), (status, (string?)body["code"], (string?)body["fix"]));
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(rooms => rooms.AddSingleton<IFlowRuntime>(new FakeFlows()));
}
