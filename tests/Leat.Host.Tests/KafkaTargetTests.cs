using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Leat.Conformance;

namespace Leat.Host.Tests;

/// <summary>A project whose log is a Kafka cluster: here the Kafka port of another project's "up". Needs librdkafka1 (run-tests installs it).</summary>
public sealed class KafkaTargetTests : IDisposable
{
    private const string Events = """
        {"event_id":"0","at":"2026-01-05T10:00:00Z","user_id":"ada","kind":"order","amount":12.50}
        {"event_id":"1","at":"2026-01-05T10:00:01Z","user_id":"bob","kind":"order","amount":3}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_a_cluster_in_leat_yml_When_up_Then_events_are_in_the_cluster_and_no_log_is_on_this_machine()
    {
        var port = FreePort();
        var cluster = await NewAsync("cluster", $"log:\n  kafka_port: {port}\n");
        var shop = await NewAsync("shop", $"log:\n  kafka:\n    bootstrap: 127.0.0.1:{port}\n");
        await using var broker = await LeatProcess.UpAsync(cluster);
        await using (var up = await LeatProcess.UpAsync(shop))
        {
            await SendAsync(up.Address);
            using var client = new HttpClient { BaseAddress = up.Address };
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
            Assert.Contains("leat_log_end_offset{topic=\"events\"", await client.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
            Assert.Equal(["0", "1"], await IdsAsync(shop));
            Assert.Equal(0, await up.StopAsync());
        }
        Assert.Equal(["0", "1"], await IdsAsync(shop));
        Assert.Equal(["0", "1"], await IdsAsync(cluster));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(shop, ".leat"), "*.log", SearchOption.AllDirectories));
        Assert.Contains("LEAT7042", (await LeatProcess.RunAsync(shop, "log", "check")).Error);
    }

    [Fact]
    public async Task Given_no_cluster_at_the_address_When_a_verb_needs_the_log_Then_LEAT2043_names_the_setting()
    {
        var shop = await NewAsync("shop", "log:\n  kafka:\n    bootstrap: 127.0.0.1:1\n    request_timeout: 00:00:01\n");
        var run = await LeatProcess.RunAsync(shop, "log", "topics", "list");
        Assert.Equal(1, run.Code);
        Assert.Contains("LEAT2043", run.Error);
        Assert.Contains("log.kafka.bootstrap", run.Error);
    }

    private async Task<string> NewAsync(string name, string settings)
    {
        Assert.Equal(0, (await CommandLineRun.InAsync(_folder.Path, "new", name)).Code);
        var project = Path.Combine(_folder.Path, name);
        await File.AppendAllTextAsync(Path.Combine(project, "leat.yml"), "\n" + settings);
        return project;
    }

    private static async Task SendAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var body = new StringContent(Events, Encoding.UTF8);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        var answer = await client.PostAsync(new Uri("/v1/events/events", UriKind.Relative), body);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<IEnumerable<string>> IdsAsync(string project)
    {
        var run = await LeatProcess.RunAsync(project, "log", "read", "events", "--format", "json");
        Assert.True(run.Code == 0, run.Error);
        return run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (string)JsonNode.Parse((string)JsonNode.Parse(l)!["value"]!)!["event_id"]!).Order();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
