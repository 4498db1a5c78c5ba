using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Leat.Conformance;

namespace Leat.Host.Tests;

/// <summary>A full disk refuses writes with a code, goes on reading, and takes writes again when there is room; nothing acknowledged is lost.</summary>
public sealed class FullDiskTests
{
    private const int EventsPerRequest = 200;

    [SmallDiskFact]
    public async Task Given_a_full_disk_When_events_are_sent_Then_they_are_refused_until_there_is_room_and_none_acknowledged_is_lost()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await CommandLineRun.InAsync(folder.Path, "new", "shop")).Code);
        var project = Path.Combine(folder.Path, "shop");
        using var disk = new SmallDisk(Path.Combine(project, ".leat"), 48);
        await using var up = await LeatProcess.UpAsync(project);
        using var client = new HttpClient { BaseAddress = up.Address };
        var request = 0;
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(client, request++));

        var filler = Path.Combine(project, ".leat", "filler");
        Fill(filler);
        var acknowledged = 1;
        HttpStatusCode status;
        while ((status = await SendAsync(client, request++)) == HttpStatusCode.Accepted) acknowledged++;
        Assert.Contains(status, new[] { HttpStatusCode.InsufficientStorage, HttpStatusCode.ServiceUnavailable });
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);

        File.Delete(filler);
        for (var attempt = 0; attempt < 40; attempt++)
        {
            if (await SendAsync(client, request++) == HttpStatusCode.Accepted)
            {
                acknowledged++;
                break;
            }
            Assert.True(attempt < 39, "the log did not take writes again within 10 s");
            await Task.Delay(250);
        }
        Assert.Equal(acknowledged * EventsPerRequest, await CountAsync(project, acknowledged * EventsPerRequest));
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, int request)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < EventsPerRequest; i++)
        {
            lines.Append($$"""{"event_id":"{{request}}-{{i}}","at":"2026-01-05T10:00:00Z","user_id":"ada","kind":"order","note":"{{new string('x', 400)}}"}""").Append('\n');
        }
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(lines.ToString()));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var answer = await client.PostAsync("/v1/events/events", body);
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal("LEAT2010", problem.GetProperty("code").GetString());
            Assert.False(string.IsNullOrEmpty(problem.GetProperty("fix").GetString()));
        }
        return answer.StatusCode;
    }

    private static void Fill(string file)
    {
        using var stream = new FileStream(file, FileMode.Create);
        var block = new byte[64 * 1024];
        try
        {
            while (true) stream.Write(block);
        }
        catch (IOException)
        {
            // Full is what this is for.
        }
    }

    private static async Task<long> CountAsync(string project, long expected)
    {
        long count = -1;
        for (var attempt = 0; attempt < 40; attempt++)
        {
            var run = await LeatProcess.RunAsync(project, "sql", "select count(distinct event_id) as n, count(*) as rows from lake.raw.events", "--json");
            if (run.Code == 0)
            {
                var row = JsonDocument.Parse(run.Out).RootElement[0];
                Assert.Equal(row.GetProperty("n").GetInt64(), row.GetProperty("rows").GetInt64());
                if ((count = row.GetProperty("n").GetInt64()) == expected) return count;
            }
            await Task.Delay(250);
        }
        return count;
    }
}
