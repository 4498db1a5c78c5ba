using System.Net;
using System.Text;
using Leat.Core;

namespace Leat.Serve.Tests.Collector;

public sealed class CollectorFailureTests : IAsyncLifetime
{
    private const string Ndjson = "application/x-ndjson";

    private static readonly LeatException DiskFull = new("LEAT2010", "the disk is full", "orders.dlq[0]", "free space", Fault.External, Retry.WithBackoff);

    private CollectorFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await CollectorFixture.StartAsync(o => (o.MaxBodyBytes, o.MaxInFlightBytes) = (16 << 10, 20 << 10));

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Given_a_full_disk_Then_507_with_Retry_After_and_a_retry_with_the_key_completes_what_is_missing()
    {
        const string lines = "{\"customer\":\"a\"}\nbad\n";
        _fixture.Log.Failure = ("orders.dlq", DiskFull);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events/orders") { Content = new StringContent(lines, Encoding.UTF8, Ndjson) };
        request.Headers.Add("Idempotency-Key", "u1");
        using var refused = await _fixture.Server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.InsufficientStorage, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), refused.Headers.RetryAfter!.Delta);
        Assert.Contains("LEAT2010", await refused.Content.ReadAsStringAsync());
        _fixture.Log.Failure = null;
        var (status, body) = await _fixture.Server.PostAsync("/v1/events/orders", lines, Ndjson, ("Idempotency-Key", "u1"));
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.False((bool)body["duplicate"]!);
        Assert.Equal((1, 1), ((await _fixture.ReadAsync("orders"))!.Length, (await _fixture.ReadAsync("orders.dlq"))!.Length));
    }

    [Fact]
    public async Task Given_more_bytes_in_flight_than_allowed_Then_429_with_Retry_After_and_room_again_when_the_first_is_stored()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _fixture.Log.Gate = gate.Task;
        var lines = string.Concat(Enumerable.Repeat("{\"n\":1234567}\n", 1_000));
        var first = _fixture.Server.PostAsync("/v1/events/free", lines, Ndjson);
        while (_fixture.Log.Appends == 0) await Task.Delay(5);
        using var content = new StringContent(lines, Encoding.UTF8, Ndjson);
        using var second = await _fixture.Server.Http.PostAsync("/v1/events/free", content);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter!.Delta);
        Assert.Contains("LEAT6024", await second.Content.ReadAsStringAsync());
        gate.SetResult();
        Assert.Equal(HttpStatusCode.Accepted, (await first).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await _fixture.Server.PostAsync("/v1/events/free", lines, Ndjson)).Status);
    }

    [Fact]
    public async Task Given_many_small_requests_that_wait_Then_they_are_bounded_too()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _fixture.Log.Gate = gate.Task;
        var waiting = new List<Task<(HttpStatusCode Status, System.Text.Json.Nodes.JsonNode Body)>>();
        for (var i = 1; i <= 5; i++)
        {
            waiting.Add(_fixture.Server.PostAsync("/v1/events/free", "{}", Ndjson));
            while (_fixture.Log.Appends < i) await Task.Delay(5);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _fixture.Server.PostAsync("/v1/events/free", "{}", Ndjson)).Status);
        gate.SetResult();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        Assert.Equal(HttpStatusCode.Accepted, (await _fixture.Server.PostAsync("/v1/events/free", "{}", Ndjson)).Status);
    }

    [Fact]
    public async Task Given_a_client_that_leaves_in_the_middle_of_its_body_Then_nothing_is_stored()
    {
        using (var client = new System.Net.Sockets.TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, _fixture.Server.Address.Port);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
                $"POST /v1/events/free HTTP/1.1\r\nHost: 127.0.0.1:{_fixture.Server.Address.Port}\r\nContent-Type: {Ndjson}\r\nContent-Length: 1000\r\n\r\n{{\"n\":1}}\n{{\"n\":2}}\n"));
            while (await _fixture.ReadAsync("free") is null) await Task.Delay(5);
        }
        Assert.Equal(HttpStatusCode.Accepted, (await _fixture.Server.PostAsync("/v1/events/free", "{\"n\":3}", Ndjson)).Status);
        Assert.Equal(["{\"n\":3}"], (await _fixture.ReadAsync("free"))!.Select(r => r.Split("  ")[1]));
    }
}
