using System.Diagnostics;
using System.Text.Json.Nodes;
using Leat.Conformance;
using Xunit.Abstractions;

namespace Storefront.Tests;

/// <summary>The replay of real invoice lines under SIGKILL, held against a count that shares no code with it.</summary>
public sealed class ReplayKillTests(ITestOutputHelper output)
{
    private const int Kills = 5;
    private static readonly int Files = Environment.GetEnvironmentVariable("LEAT_FULL") == "1" ? int.MaxValue : 40;

    [RetailFact]
    public async Task Given_a_replay_killed_five_times_When_restarted_each_time_Then_its_figures_equal_an_independent_count()
    {
        using var folder = new TemporaryFolder();
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName;
        RetailData.LinkFirst(Files, data);
        var expected = IndependentCount.Of(data);

        var watch = Stopwatch.StartNew();
        using (var uninterrupted = Start(folder, "calm", data)) AssertSame(expected, await uninterrupted.JsonAsync());
        var whole = watch.Elapsed;

        var seed = Environment.TickCount;
        output.WriteLine($"replay with seed {seed}; an uninterrupted run takes {whole.TotalSeconds:n1} s");
        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            var after = whole * (0.05 + 0.6 * random.NextDouble());
            using var victim = Start(folder, "killed", data);
            var killed = await victim.KillAfterAsync(after);
            output.WriteLine($"kill {kill + 1} after {after.TotalSeconds:n2} s{(killed ? "" : ": had ended")}");
        }
        using var last = Start(folder, "killed", data);
        AssertSame(expected, await last.JsonAsync());
    }

    private static DemoProcess Start(TemporaryFolder folder, string state, string data) =>
        DemoProcess.Start(Path.Combine(folder.Path, state), "demo", "--once", "--json", "--port", "0", "--data", data);

    private static void AssertSame(JsonObject expected, JsonObject actual)
    {
        actual.Remove("seconds");
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
    }
}
