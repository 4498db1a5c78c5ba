namespace Leat.Serve.Tests.Collector;

public sealed class TraceContextTests : IAsyncLifetime
{
    private const string Ndjson = "application/x-ndjson";
    private const string Parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private CollectorFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await CollectorFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Given_a_trace_context_Then_every_record_and_dead_letter_carries_it()
    {
        await _fixture.Server.PostAsync("/v1/events/orders", "{\"customer\":\"a\"}\n{\"customer\":\"b\"}\nbad\n", Ndjson, ("traceparent", Parent), ("tracestate", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"));
        Assert.Equal([Parent, Parent], await _fixture.HeadersAsync("orders", "traceparent"));
        Assert.Equal(["rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"], await _fixture.HeadersAsync("orders", "tracestate"));
        Assert.Equal([Parent], await _fixture.HeadersAsync("orders.dlq", "traceparent"));
        Assert.Equal(["LEAT1301"], await _fixture.HeadersAsync("orders.dlq", "leat-dlq-code"));
    }

    [Fact]
    public async Task Given_a_later_version_Then_it_travels_as_it_is()
    {
        var later = $"cc{Parent[2..]}-what-the-future-will-be-like";
        await _fixture.Server.PostAsync("/v1/events/free", "{}", Ndjson, ("traceparent", later));
        Assert.Equal([later], await _fixture.HeadersAsync("free", "traceparent"));
    }

    [Theory]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    [InlineData("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more")]
    [InlineData("nonsense")]
    public async Task Given_an_invalid_trace_context_Then_the_events_are_taken_without_it(string parent)
    {
        var (status, _) = await _fixture.Server.PostAsync("/v1/events/free", "{}", Ndjson, ("traceparent", parent), ("tracestate", "a=1"));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, status);
        Assert.Equal(["-"], await _fixture.HeadersAsync("free", "traceparent"));
        Assert.Equal(["-"], await _fixture.HeadersAsync("free", "tracestate"));
    }

    [Fact]
    public async Task Given_a_trace_context_and_an_idempotency_key_When_sent_twice_Then_stored_once()
    {
        for (var i = 0; i < 2; i++) await _fixture.Server.PostAsync("/v1/events/free", "{\"n\":1}\n{\"n\":2}", Ndjson, ("traceparent", Parent), ("Idempotency-Key", "k"));
        Assert.Equal([Parent, Parent], await _fixture.HeadersAsync("free", "traceparent"));
    }
}
