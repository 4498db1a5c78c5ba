using System.Collections.Immutable;
using Leat.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Runs;

public sealed class RunTests
{
    private readonly RunEvents _events = new();

    [Fact]
    public async Task Given_events_Then_newest_first_bounded_and_by_job()
    {
        Publish("models/a", RunEventKind.Started);
        Publish("models/b", RunEventKind.Started);
        Publish("models/a", RunEventKind.Completed);
        await using var server = await StartAsync();
        var runs = (await server.GetAsync("/v1/runs?limit=2")).Body["runs"]!.AsArray();
        Assert.Equal(["completed models/a", "started models/b"], runs.Select(r => $"{r!["kind"]} {r["job"]}"));
        Assert.Equal(2, (await server.GetAsync("/v1/runs?job=models/a")).Body["runs"]!.AsArray().Count);
    }

    [Fact]
    public async Task Given_a_listener_Then_new_events_arrive_live()
    {
        await using var server = await StartAsync();
        using var response = await server.Http.GetAsync("/v1/runs/live", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(": connected", await reader.ReadLineAsync());
        Publish("streams/x", RunEventKind.Failed);
        await reader.ReadLineAsync();
        Assert.Equal("event: run", await reader.ReadLineAsync());
        await reader.ReadLineAsync();
        Assert.Contains("\"job\":\"streams/x\",\"run_id\":\"r\"", await reader.ReadLineAsync());
    }

    private void Publish(string job, RunEventKind kind) =>
        _events.Publish(new RunEvent(kind, job, "r", DateTimeOffset.UnixEpoch, ["in"], ["out"], ImmutableDictionary<string, string>.Empty));

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(rooms => rooms.AddSingleton<IRunEvents>(_events));
}
