using System.Net;
using Leat.Serve.Tests.Fakes;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Streams;

/// <summary>A job with its graph over HTTP and as metrics.</summary>
public sealed class StreamDescriptionTests
{
    [Fact]
    public async Task Given_a_job_When_asked_for_Then_its_figures_graph_and_diagnosis_come()
    {
        await using var server = await StartAsync();
        var (status, job) = await server.GetAsync("/v1/streams/clicks");
        Assert.Equal((HttpStatusCode.OK, "clicks", 1200L, "running"), (status, (string?)job["name"], (long)job["events_read"]!, (string?)job["state"]));
        Assert.Equal("source-bound: workers 25 % busy, no record waits", (string?)job["diagnosis"]);
        Assert.Equal(
            """{"id":1,"kind":"window","detail":"tumbling 00:01:00","inputs":[0],"name":"totals","rows_in":1200,"rows_out":4,"rows_in_per_second":0,"rows_out_per_second":0,"waiting":null,"watermark":"2011-12-09T12:50:00Z","late_rows":3,"rows_left_out":null,"state":{"keys":2,"size_bytes":640,"largest_shard_share":0.5,"largest_key_share":0.75,"spilled_bytes":0}}""",
            job["operators"]![1]!.ToJsonString());
        Assert.Equal("""{"source":"clicks","partition":0,"waiting":7,"watermark":"2011-12-09T12:50:00Z","is_idle":false,"is_caught_up":true,"versions_waiting":null}""", job["partitions"]![0]!.ToJsonString());
        Assert.Equal("""{"last_ms":12.5,"longest_ms":40,"last_bytes":100,"state_bytes":900}""", job["checkpoints"]!.ToJsonString());
        Assert.Equal((0.25, "00:00:01"), ((double)job["busy_share"]!, (string?)job["settings"]!["checkpoint_interval"]));
    }

    [Fact]
    public async Task Given_the_document_When_compared_with_an_answer_Then_it_names_every_member()
    {
        await using var server = await StartAsync();
        var job = (await server.GetAsync("/v1/streams/clicks")).Body.AsObject();
        var schemas = (await server.GetAsync("/openapi.json")).Body["components"]!["schemas"]!;
        var described = schemas["StreamJob"]!["properties"]!.AsObject().Concat(schemas["StreamDescription"]!["allOf"]![1]!["properties"]!.AsObject()).Select(p => p.Key);
        Assert.Equal(job.Select(m => m.Key).Order(), described.Order());
        Assert.Equal(job["operators"]![0]!.AsObject().Select(m => m.Key).Order(), schemas["StreamOperator"]!["properties"]!.AsObject().Select(p => p.Key).Order());
    }

    [Fact]
    public async Task Given_an_unknown_job_When_asked_for_Then_it_is_not_found()
    {
        await using var server = await StartAsync();
        var (status, problem) = await server.GetAsync("/v1/streams/click");
        Assert.Equal((HttpStatusCode.NotFound, "LEAT6031"), (status, (string?)problem["code"]));
    }

    [Fact]
    public async Task Given_a_job_When_metrics_are_read_Then_operators_and_partitions_have_series_of_the_same_figures()
    {
        await using var server = await StartAsync();
        var text = await server.Http.GetStringAsync("/metrics");
        Assert.Contains("leat_stream_busy_share{job=\"clicks\"} 0.25\n", text);
        Assert.Contains("leat_stream_checkpoint_longest_seconds{job=\"clicks\"} 0.04\n", text);
        Assert.Contains("leat_stream_operator_rows_in_total{job=\"clicks\",operator=\"1\",kind=\"totals\"} 1200\n", text);
        Assert.Contains("leat_stream_operator_state_bytes{job=\"clicks\",operator=\"1\",kind=\"totals\"} 640\n", text);
        Assert.Contains("leat_stream_operator_spilled_bytes{job=\"clicks\",operator=\"1\",kind=\"totals\"} 0\n", text);
        Assert.Contains("leat_stream_operator_watermark_seconds{job=\"clicks\",operator=\"0\",kind=\"source\"} 1323435000\n", text);
        Assert.DoesNotContain("leat_stream_operator_state_bytes{job=\"clicks\",operator=\"0\"", text);
        Assert.Contains("leat_stream_partition_waiting{job=\"clicks\",source=\"clicks\",partition=\"0\"} 7\n", text);
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(rooms => rooms
        .AddSingleton<IStreamRuntime>(new FakeRuntime(FakeRuntime.Job("clicks", "running"))).AddSingleton<IStreamInspection>(new FakeInspection()));
}
