using System.Net;
using System.Text.Json.Nodes;
using Leat.Core;
using Leat.Serve.Tests.Fakes;
using Leat.Streams.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Leat.Serve.Tests.Views;

public sealed class ViewTests
{
    private static readonly Schema Columns = Schema.Of(
        ("country", DataType.Text), ("window_start", DataType.Timestamp), ("window_end", DataType.Timestamp), ("revenue", DataType.Decimal(18, 3)), ("orders", DataType.Int64));

    private readonly FakeView _view = new("revenue", Columns) { Rows = [["UK", At(0), At(1), 12.340m, 3L]] };

    [Fact]
    public async Task Given_a_view_When_queried_Then_columns_promise_and_exact_values()
    {
        await using var server = await StartAsync();
        var (status, body) = await server.GetAsync("/v1/views/revenue");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("fresh", (string?)body["consistency"]);
        Assert.Equal(7, (long?)body["checkpoint_id"]);
        Assert.Equal("2011-12-09T12:50:00Z", (string?)body["as_of"]);
        Assert.Equal("""["UK","2011-12-09T12:00:00Z","2011-12-09T12:01:00Z","12.340",3]""", body["rows"]![0]!.ToJsonString());
        Assert.Equal("""{"name":"revenue","type":"DECIMAL(18,3)","json":"string"}""", body["columns"]![3]!.ToJsonString());
        Assert.Equal("number", (string?)body["columns"]![4]!["json"]);
    }

    [Fact]
    public async Task Given_parameters_When_queried_Then_the_view_is_asked_for_exactly_that()
    {
        await using var server = await StartAsync();
        await server.GetAsync("/v1/views/revenue?key=UK&from=2011-12-09T12:00:00%2B01:00&to=2011-12-10&limit=5&consistency=committed");
        var expected = new ViewQuery("UK", new DateTime(2011, 12, 9, 11, 0, 0, DateTimeKind.Utc), new DateTime(2011, 12, 10, 0, 0, 0, DateTimeKind.Utc), 5, ViewConsistency.Committed);
        Assert.Equal(expected, _view.Asked);
    }

    [Theory]
    [InlineData("limit=0", "limit", "between 1 and 10000")]
    [InlineData("limit=x", "limit", "between 1 and 10000")]
    [InlineData("from=noon", "from", "not a time")]
    [InlineData("consistency=strong", "consistency", "'strong' is unknown")]
    [InlineData("limti=3", "limti", "no such parameter")]
    public async Task Given_a_wrong_parameter_Then_400_names_it(string query, string parameter, string what)
    {
        await using var server = await StartAsync();
        var (status, body) = await server.GetAsync("/v1/views/revenue?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("LEAT6016", (string?)body["code"]);
        Assert.Equal("parameter " + parameter, (string?)body["where"]);
        Assert.Contains(what, (string?)body["detail"]);
    }

    [Fact]
    public async Task Given_a_misspelt_view_Then_404_offers_the_nearest()
    {
        await using var server = await StartAsync();
        var (status, body) = await server.GetAsync("/v1/views/revenu");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("LEAT6030", (string?)body["code"]);
        Assert.Equal("did you mean 'revenue'?", (string?)body["fix"]);
    }

    [Fact]
    public async Task Given_a_live_client_Then_first_the_state_then_frames_then_it_is_forgotten_when_it_leaves()
    {
        await using var server = await StartAsync();
        using (var response = await server.Http.GetAsync("/v1/views/revenue/live?consistency=committed", HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            var first = await EventAsync(reader);
            Assert.True((bool?)first["snapshot"]);
            Assert.Equal("committed", (string?)first["consistency"]);
            Assert.Equal(5, first["columns"]!.AsArray().Count);
            Assert.Equal("12.340", (string?)first["rows"]![0]![3]);
            _view.Push(new ViewFrame(1, ViewConsistency.Committed, 8, At(9), 4.5, [["UK", At(0), At(1), 99.000m, 4L]]));
            var frame = await EventAsync(reader);
            Assert.False((bool?)frame["snapshot"]);
            Assert.Equal((1, 8, 4.5, "99.000"), ((long)frame["sequence"]!, (long)frame["checkpoint_id"]!, (double)frame["latency_ms"]!, (string)frame["rows"]![0]![3]!));
            Assert.Null(frame["removed"]);
            _view.Push(new ViewFrame(2, ViewConsistency.Committed, 9, At(9), 4.5, []) { Removed = [["UK", At(0)]] });
            Assert.Equal("[[\"UK\",\"2011-12-09T12:00:00Z\"]]", (await EventAsync(reader))["removed"]!.ToJsonString());
        }
        await _view.Left.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Given_silence_Then_heartbeats_keep_the_connection()
    {
        await using var server = await StartAsync(o => o.Heartbeat = TimeSpan.FromMilliseconds(30));
        using var response = await server.Http.GetAsync("/v1/views/revenue/live", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await EventAsync(reader);
        for (var beats = 0; beats < 2;)
            if (await reader.ReadLineAsync() == ": heartbeat") beats++;
    }

    [Fact]
    public async Task Given_live_clients_that_leave_while_the_view_is_silent_When_the_server_stops_Then_no_error_is_logged()
    {
        var log = new LogLines();
        await using (var server = await RunningServer.StartAsync(rooms => rooms.AddLogging(l => l.AddProvider(log)).AddSingleton<IViewStore>(new FakeViewStore(_view))))
        {
            for (var client = 0; client < 3; client++)
            {
                using var response = await server.Http.GetAsync("/v1/views/revenue/live", HttpCompletionOption.ResponseHeadersRead);
            }
            await _view.Left.WaitAsync(TimeSpan.FromSeconds(10));
        }
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Given_a_live_client_When_the_server_stops_Then_it_ends_without_waiting_for_the_client()
    {
        var server = await StartAsync();
        using var response = await server.Http.GetAsync("/v1/views/revenue/live", HttpCompletionOption.ResponseHeadersRead);
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(3));
        await _view.Left.WaitAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Given_as_many_live_clients_as_allowed_Then_the_next_gets_503()
    {
        await using var server = await StartAsync(o => o.MaxLiveClients = 1);
        using var first = await server.Http.GetAsync("/v1/views/revenue/live", HttpCompletionOption.ResponseHeadersRead);
        var (status, body) = await server.GetAsync("/v1/views/revenue/live");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("LEAT6033", (string?)body["code"]);
    }

    private static DateTime At(int minute) => new(2011, 12, 9, 12, minute, 0, DateTimeKind.Utc);

    private static async Task<JsonNode> EventAsync(StreamReader reader)
    {
        while (true)
        {
            var line = await reader.ReadLineAsync() ?? throw new EndOfStreamException("the live answer ended");
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return JsonNode.Parse(line[6..])!;
        }
    }

    private Task<RunningServer> StartAsync(Action<ServerOptions>? configure = null) =>
        RunningServer.StartAsync(rooms => rooms.AddSingleton<IViewStore>(new FakeViewStore(_view)), configure);
}
