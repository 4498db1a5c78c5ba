using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Leat.Serve.Tests.Fakes;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Metrics;

public sealed partial class MetricsTests
{
    [Fact]
    public async Task Given_requests_Then_a_histogram_by_route_pattern_and_every_line_is_well_formed()
    {
        await using var server = await RunningServer.StartAsync(rooms => rooms.AddSingleton<IStreamRuntime>(new FakeRuntime(FakeRuntime.Job("rev\"enue", "running"))));
        await server.GetAsync("/v1/streams");
        await server.GetAsync("/v1/streams");
        await server.GetAsync("/v1/streams/none");
        var text = await server.Http.GetStringAsync("/metrics");
        Assert.Contains("""leat_http_request_seconds_count{method="GET",route="/v1/streams",status="200"} 2""", text);
        Assert.Contains("""leat_http_request_seconds_bucket{method="GET",route="/v1/streams/{name}",status="404",le="+Inf"} 1""", text);
        Assert.Contains("""leat_stream_events_total{job="rev\"enue"} 1200""", text);
        Assert.Contains("""leat_stream_latency_p99_seconds{job="rev\"enue"} 0.02""", text);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(line.StartsWith('#') ? Comment() : Sample(), line));
    }

    [Fact]
    public async Task Given_a_histogram_Then_buckets_are_cumulative_and_end_at_the_count()
    {
        using var meter = new Meter("Leat.TestOfBuckets");
        await using var server = await RunningServer.StartAsync();
        var histogram = meter.CreateHistogram<double>("leat.test.seconds");
        foreach (var value in new[] { 0.0005, 0.002, 0.02, 99 }) histogram.Record(value);
        var text = await server.Http.GetStringAsync("/metrics");
        Assert.Contains("leat_test_seconds_bucket{le=\"0.0005\"} 1\n", text);
        Assert.Contains("leat_test_seconds_bucket{le=\"0.0025\"} 2\n", text);
        Assert.Contains("leat_test_seconds_bucket{le=\"30\"} 3\n", text);
        Assert.Contains("leat_test_seconds_bucket{le=\"+Inf\"} 4\n", text);
        Assert.Contains("leat_test_seconds_sum 99.0225\n", text);
    }

    [Fact]
    public async Task Given_counters_and_gauges_of_a_room_Then_both_appear_with_their_type()
    {
        using var meter = new Meter("Leat.TestOfKinds");
        await using var server = await RunningServer.StartAsync();
        meter.CreateCounter<long>("leat.test.things", null, "Things").Add(5, new KeyValuePair<string, object?>("kind", "a"));
        meter.CreateObservableGauge("leat.test.depth", () => 42);
        var text = await server.Http.GetStringAsync("/metrics");
        Assert.Contains("# HELP leat_test_things_total Things\n# TYPE leat_test_things_total counter\nleat_test_things_total{kind=\"a\"} 5\n", text);
        Assert.Contains("# TYPE leat_test_depth gauge\nleat_test_depth 42\n", text);
    }

    [GeneratedRegex(@"^# (HELP|TYPE) [a-z0-9_]+ .+$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^[a-z0-9_]+(\{[a-z_]+=""(\\.|[^""\\])*""(,[a-z_]+=""(\\.|[^""\\])*"")*\})? -?[0-9.E+-]+$")]
    private static partial Regex Sample();
}
