using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Leat.Conformance;
using Leat.Lake;
using Leat.Log;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Leat.Streams.Tests;

/// <summary>A process that runs a job is killed at random times, again and again on the same project; then its table is compared with sums over the log that share no code with the job.</summary>
public sealed class JobKillTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [EngineFact]
    public async Task Given_kills_at_random_times_When_the_job_has_caught_up_Then_the_table_holds_each_window_once_and_right()
    {
        var rounds = Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? 25 : 3;
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var kills = new List<int>();
        for (var round = 0; round < rounds; round++)
        {
            kills.Add(random.Next(20, 1500));
            await RunAndKillAsync(kills[^1]);
        }
        using (var last = Start("stream-job-end"))
        {
            var said = await last.StandardOutput.ReadToEndAsync();
            await last.WaitForExitAsync();
            Assert.True(last.ExitCode == 0, $"seed {seed}: the last run ended with {last.ExitCode}: {said}");
        }
        var expected = await ExpectedAsync();
        var actual = await TableAsync();
        output.WriteLine($"{kills.Count} kills after {string.Join(", ", kills)} ms; {expected.Count} windows");
        Assert.True(expected.Count > rounds, $"seed {seed}: only {expected.Count} windows");
        Assert.True(expected.SequenceEqual(actual), $"seed {seed}, kills after {string.Join(", ", kills)} ms: {Difference(expected, actual)}");
    }

    private async Task RunAndKillAsync(int afterMs)
    {
        using var process = Start("stream-job");
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        await Task.Delay(afterMs);
        process.Kill();
        await process.WaitForExitAsync();
    }

    private Process Start(string what) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(JobKillTests).Assembly.Location, what, _folder.Path]) { RedirectStandardOutput = true })!;

    /// <summary>Window, campaign, clicks, cost and users of every event in the log.</summary>
    private async Task<List<string>> ExpectedAsync()
    {
        var groups = new Dictionary<(string Start, string Campaign), (long Clicks, decimal Cost, HashSet<string> Users)>();
        await using var log = EmbeddedLog.Open(Path.Combine(_folder.Path, ".leat", "log"));
        for (var partition = 0; partition < CrashJob.Partitions; partition++)
        {
            await using var reader = log.OpenReader(new TopicPartition(CrashJob.Topic, partition), 0);
            while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, default) is { } block)
            {
                using (block) Add(block, groups);
            }
        }
        return [.. groups.Select(g => Line(g.Key.Start, g.Key.Campaign, g.Value.Clicks, g.Value.Cost, g.Value.Users.Count)).Order(StringComparer.Ordinal)];
    }

    private static void Add(RecordBlock block, Dictionary<(string Start, string Campaign), (long Clicks, decimal Cost, HashSet<string> Users)> groups)
    {
        foreach (ref readonly var record in block)
        {
            if (record.IsTombstone) continue;
            var json = JsonDocument.Parse(record.Value.ToArray()).RootElement;
            var at = json.GetProperty("at").GetDateTime();
            var key = (Second(at.AddTicks(-(at.Ticks % TimeSpan.FromSeconds(10).Ticks))), json.GetProperty("campaign").GetString()!);
            var group = groups.GetValueOrDefault(key, (0, 0m, []));
            _ = group.Users.Add(json.GetProperty("user").GetString()!);
            groups[key] = (group.Clicks + 1, group.Cost + json.GetProperty("cost").GetDecimal(), group.Users);
        }
    }

    private async Task<List<string>> TableAsync()
    {
        var lines = new List<string>();
        await using var services = CrashJob.Compose(_folder.Path);
        var table = (await services.GetRequiredService<ILakeCatalog>().FindAsync("campaign_clicks_10s", default))!;
        await foreach (var batch in table.ReadAsync(await table.SnapshotAsync(null, default), default))
        {
            using (batch)
            {
                for (var row = 0; row < batch.RowCount; row++)
                {
                    var value = (string name) => batch[name].GetValue(row)!;
                    lines.Add(Line(Second(Convert.ToDateTime(value("window_start"), CultureInfo.InvariantCulture)), $"{value("campaign")}", Convert.ToInt64(value("clicks"), CultureInfo.InvariantCulture),
                        Convert.ToDecimal(value("cost"), CultureInfo.InvariantCulture), Convert.ToInt64(value("users"), CultureInfo.InvariantCulture)));
                }
            }
        }
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Second(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    private static string Line(string start, string campaign, long clicks, decimal cost, long users) => string.Create(CultureInfo.InvariantCulture, $"{start}|{campaign}|{clicks}|{cost:0.###}|{users}");

    private static string Difference(List<string> expected, List<string> actual) =>
        $"{expected.Count} windows expected, {actual.Count} rows; missing: {string.Join("; ", expected.Except(actual).Take(5))}; too much: {string.Join("; ", actual.Except(expected).Concat(actual.GroupBy(a => a).Where(g => g.Count() > 1).Select(g => $"{g.Key} twice")).Take(5))}";
}
