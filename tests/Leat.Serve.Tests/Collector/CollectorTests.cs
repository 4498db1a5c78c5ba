using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Leat.Log;

namespace Leat.Serve.Tests.Collector;

public sealed class CollectorTests : IAsyncLifetime
{
    private const string Ndjson = "application/x-ndjson";

    private CollectorFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await CollectorFixture.StartAsync(o =>
    {
        o.MaxBodyBytes = 64 << 10;
        o.MaxInFlightBytes = 96 << 10;
        o.MaxLineBytes = 2 << 10;
    });

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Given_lines_Then_stored_as_they_came_under_their_key_before_202()
    {
        var (status, body) = await PostAsync("orders", "{\"customer\":\"a\", \"amount\":1}\r\n\n{\"customer\":\"b\",\"amount\":2}\n{\"customer\":\"a\"}");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("""{"accepted":3,"quarantined":0,"rejected":0,"duplicate":false,"errors":[]}""", body.ToJsonString());
        var (a, b) = (Partitioner.For("a"u8, 3), Partitioner.For("b"u8, 3));
        string[] expected = [$"{a} a {{\"customer\":\"a\", \"amount\":1}}", $"{a} a {{\"customer\":\"a\"}}", $"{b} b {{\"customer\":\"b\",\"amount\":2}}"];
        Assert.Equal(expected.Order(), (await _fixture.ReadAsync("orders"))!.Order());
    }

    [Fact]
    public async Task Given_a_JSON_array_Then_each_element_is_an_event()
    {
        var (_, body) = await _fixture.Server.PostAsync("/v1/events/free", "[{\"n\":1},\n {\"n\":2}]");
        Assert.Equal(2, (int?)body["accepted"]);
        Assert.Equal(["{\"n\":1}", "{\"n\":2}"], (await _fixture.ReadAsync("free"))!.Select(r => r.Split("  ")[1]));
    }

    [Fact]
    public async Task Given_bad_lines_and_quarantine_Then_valid_ones_are_stored_and_bad_ones_kept_with_reason_and_source()
    {
        var (status, body) = await PostAsync("orders", "{\"customer\":\"a\"}\n{\"customer\":\n{\"id\":\"f:3\",\"amount\":1}\n{\"customer\":\"b\",\"amount\":-1}\n{\"customer\":\"b\",\"amount\":\"x\"}\n");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal((1, 4, 0), ((int)body["accepted"]!, (int)body["quarantined"]!, (int)body["rejected"]!));
        Assert.Equal(["2 LEAT1301 ", "3 LEAT1302 customer", "4 LEAT1305 amount", "5 LEAT1303 amount"], Errors(body));
        Assert.Single((await _fixture.ReadAsync("orders"))!);
        Assert.Equal("0  {\"customer\":", (await _fixture.ReadAsync("orders.dlq"))![0]);
        Assert.Equal(["LEAT1301", "LEAT1302", "LEAT1305", "LEAT1303"], await _fixture.HeadersAsync("orders.dlq", WellKnownHeaders.DeadLetterCode));
        Assert.Equal(["client:2", "f:3", "client:4", "client:5"], await _fixture.HeadersAsync("orders.dlq", WellKnownHeaders.DeadLetterSource));
        Assert.All(await _fixture.HeadersAsync("orders.dlq", WellKnownHeaders.DeadLetterReason), reason => Assert.True(reason.Length > 10, reason));
    }

    [Theory]
    [InlineData("strict", "LEAT1302")]
    [InlineData("free", null)]
    public async Task Given_bad_lines_and_no_quarantine_Then_they_are_only_reported(string topic, string? missingField)
    {
        var (status, body) = await PostAsync(topic, "nonsense\n{\"customer\":\"a\"}\n{\"other\":1}\n");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(missingField is null ? ["LEAT1301"] : new[] { "LEAT1301", missingField }, body["errors"]!.AsArray().Select(e => (string)e!["code"]!));
        Assert.Equal(missingField is null ? (2, 1) : (1, 2), ((int)body["accepted"]!, (int)body["rejected"]!));
        Assert.Null(await _fixture.ReadAsync(topic + ".dlq"));
    }

    [Theory]
    [InlineData("strict", 2, 0)]
    [InlineData("closed", 1, 1)]
    public async Task Given_a_field_that_the_contract_does_not_know_Then_its_policy_decides(string topic, int accepted, int rejected)
    {
        var (status, body) = await PostAsync(topic, "{\"customer\":\"a\"}\n{\"customer\":\"a\",\"custmer\":\"b\"}\n");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal((accepted, rejected), ((int)body["accepted"]!, (int)body["rejected"]!));
        Assert.Equal(rejected == 0 ? [] : ["2 LEAT1304 custmer"], Errors(body));
        Assert.Equal(accepted, (await _fixture.ReadAsync(topic))!.Length);
    }

    [Fact]
    public async Task Given_more_than_100_bad_lines_Then_all_are_counted_and_100_reported()
    {
        var (_, body) = await PostAsync("strict", string.Concat(Enumerable.Repeat("x\n", 150)));
        Assert.Equal((150, 100), ((int)body["rejected"]!, body["errors"]!.AsArray().Count));
    }

    [Fact]
    public async Task Given_the_same_idempotency_key_When_sent_again_Then_nothing_changes_and_duplicate_says_so()
    {
        const string lines = "{\"customer\":\"a\"}\n{\"customer\":\"b\"}\n{\"customer\":\"c\"}\nbad\n";
        var first = (await PostAsync("orders", lines, "upload-1")).Body;
        var (stored, dead) = (await _fixture.ReadAsync("orders"), await _fixture.ReadAsync("orders.dlq"));
        var second = (await PostAsync("orders", lines, "upload-1")).Body;
        Assert.False((bool)first["duplicate"]!);
        Assert.True((bool)second["duplicate"]!);
        Assert.Equal((3, 1), ((int)second["accepted"]!, (int)second["quarantined"]!));
        Assert.Equal(stored, await _fixture.ReadAsync("orders"));
        Assert.Equal(dead, await _fixture.ReadAsync("orders.dlq"));
    }

    [Fact]
    public async Task Given_events_without_key_and_an_idempotency_key_When_sent_again_after_others_Then_still_no_duplicate()
    {
        await PostAsync("free", "{\"n\":1}", "k-1");
        await PostAsync("free", "{\"n\":2}");
        await PostAsync("free", "{\"n\":1}", "k-1");
        Assert.Equal(["{\"n\":1}", "{\"n\":2}"], (await _fixture.ReadAsync("free"))!.Select(r => r.Split("  ")[1]).Order());
    }

    [Fact]
    public async Task Given_events_without_key_Then_requests_take_turns_over_the_partitions()
    {
        for (var i = 0; i < 4; i++) await PostAsync("free", "{\"n\":1}\n{\"n\":2}");
        Assert.Equal(["0", "0", "0", "0", "1", "1", "1", "1"], (await _fixture.ReadAsync("free"))!.Select(r => r[..1]));
    }

    [Theory]
    [InlineData("ordres", "did you mean 'orders'?")]
    [InlineData("something_else", "sources/*.yml")]
    public async Task Given_an_unknown_topic_Then_404_LEAT2001_with_remedy_and_nothing_is_created(string topic, string fix)
    {
        var (status, body) = await PostAsync(topic, "{}");
        Assert.Equal((HttpStatusCode.NotFound, "LEAT2001"), (status, (string?)body["code"]));
        Assert.Contains(fix, (string?)body["fix"]);
        Assert.Null(await _fixture.ReadAsync(topic));
    }

    [Fact]
    public async Task Given_a_dead_letter_topic_Then_400_LEAT6025()
    {
        var (status, body) = await PostAsync("orders.dlq", "{}");
        Assert.Equal((HttpStatusCode.BadRequest, "LEAT6025"), (status, (string?)body["code"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_a_body_over_the_limit_Then_413_and_nothing_stored(bool announced)
    {
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"n\":1234567}\n", 6_000)))));
        content.Headers.ContentType = new MediaTypeHeaderValue(Ndjson);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events/free") { Content = content };
        if (!announced) request.Headers.TransferEncodingChunked = true;
        using var response = await _fixture.Server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("LEAT6018", await response.Content.ReadAsStringAsync());
        Assert.Empty((await _fixture.ReadAsync("free"))!);
    }

    [Fact]
    public async Task Given_a_line_over_the_limit_Then_it_is_reported_and_the_others_stored()
    {
        var (_, body) = await PostAsync("free", $"{{\"n\":1}}\n{{\"n\":\"{new string('x', 3_000)}\"}}\n{{\"n\":3}}\n");
        Assert.Equal(["2 LEAT6020 "], Errors(body));
        Assert.Equal(2, (await _fixture.ReadAsync("free"))!.Length);
    }

    [Theory]
    [InlineData("", "LEAT6028")]
    [InlineData("\n \n", "LEAT6028")]
    public async Task Given_no_events_Then_400(string lines, string code)
    {
        var (status, body) = await PostAsync("free", lines);
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, (string?)body["code"]));
    }

    [Fact]
    public async Task Given_an_invalid_idempotency_key_Then_400_LEAT6026() => Assert.Equal("LEAT6026", (string?)(await PostAsync("free", "{}", new string('k', 201))).Body["code"]);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Given_a_compressed_body_Then_it_is_read_and_the_limit_counts_decompressed_bytes(string encoding)
    {
        Assert.Equal((HttpStatusCode.Accepted, 2), await CompressedAsync(encoding, "{\"n\":1}\n{\"n\":2}\n"));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, 2), await CompressedAsync(encoding, string.Concat(Enumerable.Repeat("{\"n\":1234567}\n", 6_000))));
    }

    [Fact]
    public async Task Given_a_damaged_compressed_body_Then_400_LEAT6027()
    {
        using var content = new ByteArrayContent("not gzip at all"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(Ndjson);
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await _fixture.Server.Http.PostAsync("/v1/events/free", content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("LEAT6027", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Given_an_unknown_encoding_Then_415_LEAT6013()
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(Ndjson);
        content.Headers.ContentEncoding.Add("lzma");
        using var response = await _fixture.Server.Http.PostAsync("/v1/events/free", content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("LEAT6013", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Given_a_watermark_Then_every_partition_gets_one_marker_also_when_sent_twice()
    {
        const string at = """{"at":"2011-12-09T12:50:00Z"}""";
        var (status, first) = await _fixture.Server.PostAsync("/v1/events/orders/watermark", at, headers: ("Idempotency-Key", "end"));
        var second = (await _fixture.Server.PostAsync("/v1/events/orders/watermark", at, headers: ("Idempotency-Key", "end"))).Body;
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal((false, true, 3), ((bool)first["duplicate"]!, (bool)second["duplicate"]!, (int)first["partitions"]!));
        Assert.Equal(["1323435000000", "1323435000000", "1323435000000"], await _fixture.HeadersAsync("orders", WellKnownHeaders.Watermark));
        Assert.Equal(["0", "1", "2"], (await _fixture.ReadAsync("orders"))!);
    }

    [Fact]
    public async Task Given_a_watermark_without_time_Then_400_names_the_member()
    {
        var (status, body) = await _fixture.Server.PostAsync("/v1/events/orders/watermark", "{}");
        Assert.Equal((HttpStatusCode.BadRequest, "LEAT6022", "request body, at"), (status, (string?)body["code"], (string?)body["where"]));
    }

    [Fact]
    public async Task Given_counts_Then_topics_and_metrics_show_them()
    {
        await PostAsync("orders", "{\"customer\":\"a\"}\nbad\n", "once");
        await PostAsync("orders", "{\"customer\":\"a\"}\nbad\n", "once");
        await PostAsync("strict", "bad\n");
        var topics = (await _fixture.Server.GetAsync("/v1/events")).Body["topics"]!.AsArray();
        Assert.Equal(["closed", "free", "orders", "strict"], topics.Select(t => (string)t!["topic"]!).Order(StringComparer.Ordinal));
        Assert.Equal("""{"topic":"orders","partitions":3,"key_field":"customer","event_time_field":"at","contract":"sources/orders.yml:3:1","policy":"quarantine","accepted":1,"quarantined":1,"rejected":0,"duplicates":2}""", topics.Single(t => (string)t!["topic"]! == "orders")!.ToJsonString());
        var metrics = await _fixture.Server.Http.GetStringAsync("/metrics");
        Assert.Contains("""leat_collector_events_total{topic="orders",outcome="duplicate"} 2""", metrics);
        Assert.Contains("""leat_collector_events_total{topic="strict",outcome="rejected"} 1""", metrics);
        Assert.Contains("""leat_log_end_offset{topic="orders.dlq",partition="0"} 1""", metrics);
    }

    private static string[] Errors(JsonNode body) => [.. body["errors"]!.AsArray().Select(e => $"{e!["line"]} {e["code"]} {e["field"]}")];

    private Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string topic, string lines, string? key = null) =>
        _fixture.Server.PostAsync($"/v1/events/{topic}", lines, Ndjson, key is null ? [] : [("Idempotency-Key", key)]);

    private async Task<(HttpStatusCode Status, int Stored)> CompressedAsync(string encoding, string lines)
    {
        using var bytes = new MemoryStream();
        await using (Stream squeeze = encoding == "gzip" ? new GZipStream(bytes, CompressionMode.Compress, true) : new BrotliStream(bytes, CompressionMode.Compress, true))
            await squeeze.WriteAsync(Encoding.UTF8.GetBytes(lines));
        using var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(Ndjson);
        content.Headers.ContentEncoding.Add(encoding);
        using var response = await _fixture.Server.Http.PostAsync("/v1/events/free", content);
        return (response.StatusCode, (await _fixture.ReadAsync("free"))!.Length);
    }
}
