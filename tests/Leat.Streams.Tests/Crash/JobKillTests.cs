using Leat.Conformance;
using Leat.Lake;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Leat.Streams.Tests;

/// <summary>A process that runs the YSB query is killed (SIGKILL) at random times and at named points, again and again on the same project; then its view and its table are compared with a loop over the log that shares no code with it.</summary>
public sealed class JobKillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("LEAT_FULL") == "1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [EngineFact]
    public async Task Given_kills_at_random_times_and_named_points_When_the_job_has_caught_up_Then_view_and_table_hold_each_window_once_and_right()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("LEAT_SEED"), out var given) ? given : Environment.TickCount;
        var random = new Random(seed);
        var kills = new List<string>();
        var points = JobKillPoints.Once(random).ToList();
        foreach (var point in Full ? points.Concat(JobKillPoints.Once(random)) : [JobKillPoints.BeforeFirstCommit, points[random.Next(points.Count)]]) kills.Add(await RunUntilAsync(point, random));
        for (var round = 0; round < (Full ? 100 : 3); round++) kills.Add(await RunAndKillAsync(random));
        output.WriteLine($"seed {seed}; {kills.Count} kills: {string.Join(", ", kills)}");

        var view = await EndAsync(seed);
        var audit = new LogAudit();
        var expected = await audit.LinesAsync(Path.Combine(_folder.Path, ".leat", "log"));
        output.WriteLine($"{audit.Events} events, {expected.Count} windows");
        Assert.True(expected.Count > kills.Count, $"seed {seed}: only {expected.Count} windows");
        AssertSame(expected, await TableAsync(), $"table, seed {seed}");
        AssertSame(expected, view, $"view, seed {seed}");
    }

    /// <summary>Kills it some time after it began to work, or while it is starting.</summary>
    private async Task<string> RunAndKillAsync(Random random)
    {
        var starting = random.Next(6) == 0;
        var (afterMs, intervalMs) = (starting ? random.Next(150, 600) : random.Next(0, 1800), random.Next(2) == 0 ? 1000 : 100);
        using var process = Start("stream-job", $"{intervalMs}", "-");
        if (!starting) Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        await Task.Delay(afterMs);
        Assert.False(process.HasExited, $"ended by itself, kills so far are in the output: {(process.HasExited ? await process.StandardOutput.ReadToEndAsync() : "")}");
        process.Kill();
        await process.WaitForExitAsync();
        return $"{(starting ? "starting " : "")}{afterMs} ms";
    }

    /// <summary>Lets it kill itself at the point; where it does not get there, kills it.</summary>
    private async Task<string> RunUntilAsync(KillPoint point, Random random)
    {
        using var process = Start("stream-job", $"{random.Next(50, 200)}", $"{point}");
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var reached = process.HasExited;
        if (!reached) process.Kill();
        await process.WaitForExitAsync();
        Assert.Equal(137, process.ExitCode);
        return $"{point}{(reached ? "" : " (not reached)")}";
    }

    private async Task<List<string>> EndAsync(int seed)
    {
        using var last = ChildProcess.Start(typeof(JobKillTests).Assembly, "stream-job-end", _folder.Path);
        var said = await last.StandardOutput.ReadToEndAsync();
        await last.WaitForExitAsync();
        Assert.True(last.ExitCode == 0, $"seed {seed}: the last run ended with {last.ExitCode}: {said}");
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private System.Diagnostics.Process Start(string what, params string[] arguments) => ChildProcess.Start(typeof(JobKillTests).Assembly, [what, _folder.Path, .. arguments]);

    private async Task<List<string>> TableAsync()
    {
        var lines = new List<string>();
        await using var services = CrashJob.Compose(_folder.Path);
        var table = (await services.GetRequiredService<ILakeCatalog>().FindAsync(YsbViews.Table, default))!;
        await foreach (var batch in table.ReadAsync(await table.SnapshotAsync(null, default), default))
        {
            using (batch) lines.AddRange(WindowLines.Of(batch));
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static void AssertSame(List<string> expected, List<string> actual, string what) => Assert.True(expected.SequenceEqual(actual),
        $"{what}: {expected.Count} windows expected, {actual.Count} rows; missing: {string.Join("; ", expected.Except(actual).Take(5))}; too much: {string.Join("; ", actual.Except(expected).Concat(actual.GroupBy(a => a).Where(g => g.Count() > 1).Select(g => $"{g.Key} twice")).Take(5))}");
}
