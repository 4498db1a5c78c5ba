using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Leat.Conformance;

namespace Leat.Host.Tests;

/// <summary>One owner of the data folder: verbs work beside a running "up" and without it, with the same result.</summary>
public sealed class OwnerTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string Project => Path.Combine(_folder.Path, "shop");

    public async Task InitializeAsync() => Assert.Equal(0, (await CommandLineRun.InAsync(_folder.Path, "new", "shop")).Code);

    [Fact]
    public async Task Given_events_When_sql_build_and_flow_run_beside_up_and_without_it_Then_the_answers_are_equal()
    {
        await using (var up = await LeatProcess.UpAsync(Project))
        {
            await SendAsync(up.Address, 3);
            await WaitUntilLandedAsync(3);
            await AssertVerbsWorkAsync(3);
            Assert.Equal(0, await up.StopAsync());
        }
        await AssertVerbsWorkAsync(3);
    }

    [Fact]
    public async Task Given_a_killed_up_When_started_again_Then_acknowledged_events_are_there_once()
    {
        await using (var up = await LeatProcess.UpAsync(Project))
        {
            await SendAsync(up.Address, 5);
            await up.KillAsync();
        }
        await using var again = await LeatProcess.UpAsync(Project);
        await SendAsync(again.Address, 5);
        await WaitUntilLandedAsync(5);
    }

    [Fact]
    public async Task Given_a_running_up_When_a_second_one_starts_Then_it_is_refused_with_the_place_of_the_lock()
    {
        await using var up = await LeatProcess.UpAsync(Project);
        var second = await LeatProcess.RunAsync(Project, "up", "--port", "0");
        Assert.Equal(1, second.Code);
        Assert.Contains("LEAT7002", second.Error);
        Assert.Contains("leat.lock", second.Error);
    }

    [Fact]
    public async Task Given_a_busy_port_When_up_starts_Then_the_port_and_the_remedy_are_told_and_the_lock_is_free_again()
    {
        using var busy = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        busy.Start();
        var port = ((System.Net.IPEndPoint)busy.LocalEndpoint).Port;
        var run = await LeatProcess.RunAsync(Project, "up", "--port", $"{port}");
        Assert.Equal(1, run.Code);
        Assert.Contains("LEAT6002", run.Error);
        Assert.Contains($"{port}", run.Error);
        Assert.Equal(0, (await LeatProcess.RunAsync(Project, "sql", "select 1")).Code);
    }

    [Fact]
    public async Task Given_a_failing_verb_beside_up_When_run_Then_exit_code_and_error_are_carried_over()
    {
        await using var up = await LeatProcess.UpAsync(Project);
        var run = await LeatProcess.RunAsync(Project, "sql", "select * from lake.raw.evnts");
        Assert.Equal(1, run.Code);
        Assert.Contains("LEAT1502", run.Error);
        Assert.Contains("events", run.Error);
    }

    private async Task AssertVerbsWorkAsync(int events)
    {
        var build = await LeatProcess.RunAsync(Project, "build");
        Assert.True(build.Code == 0, build.Out + build.Error);
        var sql = await LeatProcess.RunAsync(Project, "sql", "select kind, events, amount from events_per_kind", "--json");
        Assert.Equal(events, JsonDocument.Parse(sql.Out).RootElement[0].GetProperty("events").GetInt32());
        var flow = await LeatProcess.RunAsync(Project, "flow", "run", "refresh", "--json");
        Assert.True(flow.Code == 0, flow.Out + flow.Error);
        Assert.Equal("success", JsonDocument.Parse(flow.Out).RootElement.GetProperty("state").GetString());
        var list = await LeatProcess.RunAsync(Project, "flow", "list", "--json");
        Assert.Equal("success", JsonDocument.Parse(list.Out).RootElement[0].GetProperty("last_state").GetString());
    }

    private static async Task SendAsync(Uri address, int events)
    {
        using var client = new HttpClient { BaseAddress = address };
        var lines = string.Concat(Enumerable.Range(0, events).Select(i => $$"""{"event_id":"{{i}}","at":"2026-01-05T10:00:0{{i}}Z","user_id":"ada","kind":"order","amount":12.50}""" + "\n"));
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(lines));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events/events") { Content = body };
        request.Headers.Add("Idempotency-Key", $"test-{events}");
        using var answer = await client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>The landing works every two seconds; asks until the rows are there.</summary>
    private async Task WaitUntilLandedAsync(int rows)
    {
        var answer = "";
        for (var attempt = 0; attempt < 40; attempt++)
        {
            var run = await LeatProcess.RunAsync(Project, "sql", "select count(*) as n from lake.raw.events", "--json");
            answer = run.Out + run.Error;
            if (run.Code == 0 && JsonDocument.Parse(run.Out).RootElement[0].GetProperty("n").GetInt32() == rows) return;
            await Task.Delay(250);
        }
        Assert.Fail($"the rows did not land: {answer}");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
