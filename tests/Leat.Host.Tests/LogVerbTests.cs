using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Leat.Conformance;

namespace Leat.Host.Tests;

/// <summary>The verbs of the log, beside a running "up" and without it: both ways the same answers.</summary>
public sealed class LogVerbTests : IAsyncLifetime, IDisposable
{
    private const string Events = """
        {"event_id":"0","at":"2026-01-05T10:00:00Z","user_id":"ada","kind":"order","amount":12.50}
        {"event_id":"1","at":"2026-01-05T10:00:01Z","user_id":"ada","kind":"order","amount":"twelve"}
        {"event_id":"2","at":"2026-01-05T10:00:02Z","user_id":"bob","amount":1}

        """;

    private readonly TemporaryFolder _folder = new();

    private string Project => Path.Combine(_folder.Path, "shop");

    public async Task InitializeAsync() => Assert.Equal(0, (await CommandLineRun.InAsync(_folder.Path, "new", "shop")).Code);

    [Fact]
    public Task Given_topics_beside_up_When_made_changed_and_deleted_Then_each_verb_answers() => BesideAsync(AssertTopicsAsync);

    [Fact]
    public Task Given_topics_without_up_When_made_changed_and_deleted_Then_each_verb_answers() => AssertTopicsAsync();

    [Fact]
    public async Task Given_dead_letters_When_read_and_replayed_beside_up_and_without_it_Then_they_are_back_once()
    {
        await BesideAsync(async () =>
        {
            var letters = await LinesAsync("log", "read", "events.dlq", "--format", "json");
            Assert.Equal(["LEAT1303", "LEAT1302"], letters.Select(l => Header(l, "leat-dlq-code")));
            var dry = await JsonAsync("log", "replay", "events.dlq", "--dry-run", "--json");
            Assert.Equal((0, 2), ((int)dry["replayed"]!, (int)dry["refused"]!));
            var fixedLine = letters[0].AsObject().ToJsonString().Replace("\\u0022twelve\\u0022", "12", StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(Project, "repairs.ndjson"), fixedLine + "\n");
            await AssertReplayAsync(1, 0, 1);
        });
        await AssertReplayAsync(0, 1, 1);
        Assert.Equal(["0", "1"], (await LinesAsync("log", "read", "events", "--format", "json")).Select(l => (string)JsonNode.Parse((string)l["value"]!)!["event_id"]!).Order());
        var check = await LeatProcess.RunAsync(Project, "log", "check", "--json");
        Assert.Equal(0, check.Code);
        Assert.All(JsonNode.Parse(check.Out)!.AsArray(), row => Assert.Empty(row!["damaged"]!.AsArray()));
        Assert.Contains(JsonNode.Parse(check.Out)!.AsArray(), row => (string)row!["topic"]! == "__leat_replays");
    }

    [Fact]
    public async Task Given_records_When_read_Then_limit_place_and_form_are_kept()
    {
        await BesideAsync(async () =>
        {
            var text = await LeatProcess.RunAsync(Project, "log", "read", "events", "-n", "1");
            Assert.Matches(@"^events\[\d\]@0  20\d\d-.*Z  \S+  \{""event_id"":""0"".*\}\n$", text.Out);
            Assert.Equal("[]\n", (await LeatProcess.RunAsync(Project, "log", "read", "events", "--from", "end", "--json")).Out);
            Assert.Equal("[]\n", (await LeatProcess.RunAsync(Project, "log", "read", "events", "--from", "2999-01-01", "--json")).Out);
            Assert.Single((await JsonAsync("log", "read", "events", "--from", "2020-01-01T00:00:00Z", "--json")).AsArray());
        });
        Assert.Single((await JsonAsync("log", "read", "events", "--from", "0", "--json")).AsArray());
        var deleted = await JsonAsync("log", "delete-records", "events", "--before", "end", "--json");
        Assert.Equal(1, deleted.AsArray().Sum(r => (int)r!["start_offset"]!));
        Assert.Equal("[]\n", (await LeatProcess.RunAsync(Project, "log", "read", "events", "--json")).Out);
    }

    [Fact]
    public async Task Given_a_follower_beside_up_When_events_arrive_Then_it_prints_them_and_ends_at_the_limit()
    {
        await using var up = await LeatProcess.UpAsync(Project);
        await SendAsync(up.Address);
        var following = LeatProcess.RunAsync(Project, "log", "read", "events", "--follow", "--from", "start", "--limit", "2", "--format", "json");
        await SendAsync(up.Address);
        var run = await following;
        Assert.Equal(0, run.Code);
        Assert.Equal(2, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Given_a_group_beside_up_and_without_it_When_reset_described_and_deleted_Then_lag_is_told()
    {
        await BesideAsync(async () =>
        {
            Assert.Equal(0, (await LeatProcess.RunAsync(Project, "log", "groups", "reset", "reports", "--topic", "events", "--to", "start")).Code);
            await AssertLagAsync(1);
        });
        await AssertLagAsync(1);
        Assert.Equal(0, (await LeatProcess.RunAsync(Project, "log", "groups", "reset", "reports", "--topic", "events", "--to", "end")).Code);
        await AssertLagAsync(0);
        var wrong = await LeatProcess.RunAsync(Project, "log", "groups", "describe", "report");
        Assert.Equal(1, wrong.Code);
        Assert.Contains("did you mean 'reports'?", wrong.Error);
        Assert.Equal(0, (await LeatProcess.RunAsync(Project, "log", "groups", "delete", "reports")).Code);
        Assert.Equal("[]\n", (await LeatProcess.RunAsync(Project, "log", "groups", "list", "--json")).Out);
    }

    [Fact]
    public async Task Given_a_damaged_batch_When_checked_and_skipped_Then_readers_go_on_after_it_and_its_bytes_are_kept()
    {
        await BesideAsync(() => Task.CompletedTask, times: 3);
        Damage();
        var check = await LeatProcess.RunAsync(Project, "log", "check", "events", "--json");
        Assert.Equal(1, check.Code);
        Assert.Contains("LEAT2021", check.Error);
        var row = JsonNode.Parse(check.Out)!.AsArray().Single(r => r!["damaged"]!.AsArray().Count > 0)!;
        Assert.Equal("1-2", (string)row["damaged"]![0]!);
        Assert.Equal(1, (await LeatProcess.RunAsync(Project, "log", "read", "events")).Code);
        var skipped = await JsonAsync("log", "skip", "events", "--partition", $"{row["partition"]}", "--offset", "1", "--json");
        Assert.Equal((1, 2), ((int)skipped["from_offset"]!, (int)skipped["to_offset"]!));
        Assert.Equal((long)skipped["quarantined_bytes"]!, new FileInfo((string)skipped["quarantine_file"]!).Length);
        Assert.Equal(0, (await LeatProcess.RunAsync(Project, "log", "check", "events")).Code);
        Assert.Equal(2, (await LinesAsync("log", "read", "events", "--format", "json")).Count);
        Assert.Contains("LEAT2038", (await LeatProcess.RunAsync(Project, "log", "skip", "events", "--partition", $"{row["partition"]}", "--offset", "1")).Error);
    }

    [Theory]
    [InlineData("LEAT7001", "did you mean 'topics'?", "log", "topcs")]
    [InlineData("LEAT7001", "did you mean 'compact'?", "log", "topics", "create", "x", "--cleanup", "compcat")]
    [InlineData("LEAT7001", "a duration such as 90s", "log", "topics", "create", "x", "--retention", "seven")]
    [InlineData("LEAT7001", "a size such as 64MB", "log", "topics", "create", "x", "--segment-bytes", "1XB")]
    [InlineData("LEAT7001", "'start', 'end'", "log", "read", "x", "--from", "yesterdayish")]
    [InlineData("LEAT7001", "--before", "log", "delete-records", "x")]
    public async Task Given_wrong_usage_Then_2_and_what_is_allowed(string code, string offer, params string[] words)
    {
        var run = await CommandLineRun.InAsync(Project, words);
        Assert.Equal(2, run.Code);
        Assert.Contains(code, run.Error);
        Assert.Contains(offer, run.Error);
    }

    [Theory]
    [InlineData("topics")]
    [InlineData("topics create")]
    [InlineData("read")]
    [InlineData("groups reset")]
    [InlineData("replay")]
    [InlineData("delete-records")]
    [InlineData("check")]
    [InlineData("skip")]
    public async Task Given_a_verb_of_the_log_When_asked_for_help_Then_examples_come_first(string verb)
    {
        var run = await CommandLineRun.InAsync(Project, ["log", .. verb.Split(' '), "--help"]);
        Assert.Equal(0, run.Code);
        Assert.True(run.Out.IndexOf($"leat log {verb}", StringComparison.Ordinal) < run.Out.IndexOf("usage:", StringComparison.Ordinal));
        Assert.Contains("--json", run.Out);
    }

    private async Task AssertTopicsAsync()
    {
        var made = await JsonAsync("log", "topics", "create", "orders", "--partitions", "2", "--retention", "7d", "--compression", "gzip", "--cleanup", "both", "--segment-bytes", "1MB", "--json");
        Assert.Equal((2, 604_800_000L, "gzip", "both", 1L << 20), ((int)made["settings"]!["partitions"]!, (long)made["settings"]!["retention_ms"]!, (string)made["settings"]!["compression"]!, (string)made["settings"]!["cleanup"]!, (long)made["settings"]!["segment_bytes"]!));
        var again = await LeatProcess.RunAsync(Project, "log", "topics", "create", "orders");
        Assert.Equal(1, again.Code);
        Assert.Contains("LEAT7044", again.Error);
        var changed = await JsonAsync("log", "topics", "change", "orders", "--partitions", "3", "--retention", "none", "--compression", "producer", "--json");
        Assert.Equal((3, null, "producer", "both"), ((int)changed["settings"]!["partitions"]!, (long?)changed["settings"]!["retention_ms"], (string)changed["settings"]!["compression"]!, (string)changed["settings"]!["cleanup"]!));
        Assert.Equal(changed.ToJsonString(), (await JsonAsync("log", "topics", "describe", "orders", "--json")).ToJsonString());
        Assert.Contains((await JsonAsync("log", "topics", "list", "--json")).AsArray(), t => (string)t!["topic"]! == "orders" && (int)t["partitions"]! == 3);
        Assert.Equal(2, (await LeatProcess.RunAsync(Project, "log", "topics", "change", "orders")).Code);
        var wrong = await LeatProcess.RunAsync(Project, "log", "topics", "describe", "order");
        Assert.Equal(1, wrong.Code);
        Assert.Contains("did you mean 'orders'?", wrong.Error);
        Assert.Equal(0, (await LeatProcess.RunAsync(Project, "log", "topics", "delete", "orders")).Code);
        Assert.DoesNotContain((await JsonAsync("log", "topics", "list", "--json")).AsArray(), t => (string)t!["topic"]! == "orders");
    }

    private async Task AssertReplayAsync(int replayed, int done, int refused)
    {
        var result = await JsonAsync("log", "replay", "events.dlq", "--repair", "repairs.ndjson", "--json");
        Assert.Equal((replayed, done, refused), ((int)result["replayed"]!, (int)result["done_before"]!, (int)result["refused"]!));
    }

    private async Task AssertLagAsync(int lag)
    {
        var group = await JsonAsync("log", "groups", "describe", "reports", "--json");
        Assert.Equal(("Empty", lag), ((string)group["state"]!, group["partitions"]!.AsArray().Sum(p => (int)p!["lag"]!)));
        Assert.Equal(lag, (int)(await JsonAsync("log", "groups", "list", "--json"))[0]!["lag"]!);
    }

    /// <summary>Runs the work beside an "up" that has taken the three events: one good, two dead letters.</summary>
    private async Task BesideAsync(Func<Task> work, int times = 1)
    {
        await using var up = await LeatProcess.UpAsync(Project);
        for (var i = 0; i < times; i++) await SendAsync(up.Address);
        await work();
        Assert.Equal(0, await up.StopAsync());
    }

    /// <summary>Turns a bit in the middle of the second of three batches.</summary>
    private void Damage()
    {
        var file = Directory.GetFiles(Path.Combine(Project, ".leat", "log", "events"), "*.log", SearchOption.AllDirectories).Single(f => new FileInfo(f).Length > 0);
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private async Task<JsonNode> JsonAsync(params string[] words)
    {
        var run = await LeatProcess.RunAsync(Project, words);
        Assert.True(run.Code == 0, $"{string.Join(' ', words)}: {run.Out}{run.Error}");
        return JsonNode.Parse(run.Out)!;
    }

    private async Task<List<JsonNode>> LinesAsync(params string[] words)
    {
        var run = await LeatProcess.RunAsync(Project, words);
        Assert.True(run.Code == 0, run.Out + run.Error);
        return [.. run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
    }

    private static string Header(JsonNode record, string name) => (string)record["headers"]!.AsArray().Single(h => (string)h!["name"]! == name)!["value"]!;

    private static async Task SendAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Events));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var answer = await client.PostAsync("/v1/events/events", body);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
