using System.Net;
using Leat.Serve.Health;
using Leat.Serve.Tests.Fakes;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Given_running_jobs_Then_ready()
    {
        await using var server = await StartAsync(FakeRuntime.Job("revenue", "running"));
        var (status, body) = await server.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True((bool?)body["ready"]);
        Assert.Equal("ok", (string?)body["checks"]!["streams"]);
    }

    [Fact]
    public async Task Given_a_starting_and_a_failed_job_Then_503_names_both_and_live_stays_200()
    {
        await using var server = await StartAsync(FakeRuntime.Job("a", "starting"), FakeRuntime.Job("b", "failed", "LEAT2105: boom"));
        var (status, body) = await server.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("LEAT6040", (string?)body["code"]);
        Assert.Equal("streams: a is starting; b is failed: LEAT2105: boom", (string?)body["detail"]);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Given_a_check_of_the_host_Then_its_reason_is_told()
    {
        await using var server = await RunningServer.StartAsync(rooms => rooms.AddSingleton<IReadinessCheck>(new Waiting()));
        Assert.Equal("sources: still loading", (string?)(await server.GetAsync("/health/ready")).Body["detail"]);
    }

    private static Task<RunningServer> StartAsync(params JobStatus[] jobs) => RunningServer.StartAsync(rooms => rooms.AddSingleton<IStreamRuntime>(new FakeRuntime(jobs)));

    private sealed class Waiting : IReadinessCheck
    {
        public string Name => "sources";

        public ValueTask<string?> ReasonAsync(CancellationToken ct) => ValueTask.FromResult<string?>("still loading");
    }
}
