using System.Net;
using System.Text.Json.Nodes;
using Leat.Core;
using Leat.Serve.Tests.Fakes;
using Leat.Streams;
using Leat.Streams.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Serve.Tests.Views;

/// <summary>The whole path with real rooms: collector, log, stream job, view, live page.</summary>
public sealed class EventToLiveRowTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leat-path-").FullName;
    private readonly ServiceProvider _rooms;
    private LeatServer _server = null!;
    private HttpClient _http = null!;

    public EventToLiveRowTests()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(new LeatProject(_folder, "path", "dev", Path.Combine(_folder, ".leat")));
        services.AddSingleton<ITopicRegistry>(new FakeTopics());
        services.AddLeatStreams().AddStream<RevenueJob>();
        _rooms = services.BuildServiceProvider();
    }

    public async Task InitializeAsync()
    {
        foreach (var service in _rooms.GetServices<IHostedService>()) await service.StartAsync(default);
        _server = await LeatServer.StartAsync(_rooms, new ServerOptions { Port = 0, FrameInterval = TimeSpan.FromMilliseconds(20) }, default);
        _http = new HttpClient { BaseAddress = _server.Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    [Fact]
    public async Task Given_posted_events_Then_the_live_row_the_queried_row_and_the_committed_row_agree_exactly()
    {
        await PostAsync("{\"customer\":\"a\",\"amount\":0.10,\"at\":\"2026-01-01T00:00:01Z\"}\n");
        while (!JsonNode.Parse(await _http.GetStringAsync("/v1/views"))!["views"]!.AsArray().Any(v => (string?)v!["view"] == "revenue")) await Task.Delay(10);
        using var response = await _http.GetAsync("/v1/views/revenue/live", HttpCompletionOption.ResponseHeadersRead);
        using var live = new StreamReader(await response.Content.ReadAsStreamAsync());
        await PostAsync("{\"customer\":\"a\",\"amount\":0.20,\"at\":\"2026-01-01T00:00:02Z\"}\n{\"customer\":\"a\",\"amount\":1.005,\"at\":\"2026-01-01T00:00:03Z\"}\n");
        var row = await RowAsync(live, orders: 3);
        Assert.Equal("""["a","2026-01-01T00:00:00Z","2026-01-01T00:00:10Z",3,"1.305"]""", row);

        await _rooms.GetRequiredService<IStreamRuntime>().DrainAsync(default);
        foreach (var consistency in new[] { "fresh", "committed" })
        {
            var answer = JsonNode.Parse(await _http.GetStringAsync($"/v1/views/revenue?key=a&consistency={consistency}"))!;
            Assert.Equal((consistency, row), ((string?)answer["consistency"], answer["rows"]![0]!.ToJsonString()));
        }
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync("/health/ready")).StatusCode);
        Assert.Contains("leat_stream_events_total{job=\"revenue_job\"} 3", await _http.GetStringAsync("/metrics"));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        foreach (var service in _rooms.GetServices<IHostedService>()) await service.StopAsync(default);
        await _rooms.DisposeAsync();
        Directory.Delete(_folder, true);
    }

    public void Dispose()
    {
        _http.Dispose();
        _rooms.Dispose();
    }

    private static async Task<string> RowAsync(StreamReader live, int orders)
    {
        while (true)
        {
            var line = await live.ReadLineAsync() ?? throw new EndOfStreamException("the live answer ended");
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            foreach (var row in JsonNode.Parse(line[6..])!["rows"]!.AsArray())
                if ((int)row![3]! == orders) return row.ToJsonString();
        }
    }

    private async Task PostAsync(string lines)
    {
        using var content = new StringContent(lines, System.Text.Encoding.UTF8, "application/x-ndjson");
        using var response = await _http.PostAsync("/v1/events/orders", content);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    internal record struct Order(Text Customer, decimal Amount, DateTime At);

    internal sealed class RevenueJob : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<Order>("orders", o => o.At, maxDisorder: TimeSpan.FromSeconds(5))
            .KeyBy(o => o.Customer)
            .Tumbling(TimeSpan.FromSeconds(10), allowedLateness: TimeSpan.FromMinutes(1))
            .Aggregate(a => a.Count("orders").Sum("revenue", o => o.Amount))
            .ToView("revenue", TimeSpan.FromHours(1));
    }
}
