using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Leat.Bench;

namespace Leat.Host.Rendering;

/// <summary>The JSON form of a benchmark report, as the benchmark contract has it.</summary>
internal static class BenchJson
{
    public static JsonObject Of(BenchReport report) => new()
    {
        ["bench"] = report.Bench,
        ["machine"] = Machine(),
        ["figures"] = new JsonArray([.. report.Figures.Select(Figure)]),
        ["checks"] = new JsonArray([.. report.Checks.Select(c => new JsonObject { ["name"] = c.Name, ["ok"] = c.Ok, ["detail"] = c.Detail })]),
    };

    private static JsonObject Figure(BenchFigure f) => new()
    {
        ["name"] = f.Name,
        ["value"] = Rounded(f.Value),
        ["unit"] = f.Unit,
        ["runs"] = f.Runs,
        ["spread"] = Rounded(f.Spread),
        ["peer"] = f.Peer,
        ["peer_value"] = f.PeerValue is { } value ? Rounded(value) : null,
        ["ratio"] = f.Ratio is { } ratio ? Rounded(ratio) : null,
    };

    private static JsonObject Machine() => new()
    {
        ["cpu"] = Cpu(),
        ["cores"] = Environment.ProcessorCount,
        ["memory_bytes"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        ["os"] = RuntimeInformation.OSDescription,
        ["dotnet"] = Environment.Version.ToString(),
        ["commit"] = Commit(),
    };

    private static string Cpu() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "unknown"
        : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The checked-out commit, read from git's files; "unknown" outside a checkout.</summary>
    private static string Commit()
    {
        var git = Path.Combine(Environment.GetEnvironmentVariable("LEAT_HOME") ?? ".", ".git");
        if (!File.Exists(Path.Combine(git, "HEAD"))) return "unknown";
        var head = File.ReadAllText(Path.Combine(git, "HEAD")).Trim();
        if (!head.StartsWith("ref: ", StringComparison.Ordinal)) return head;
        var file = Path.Combine(git, head["ref: ".Length..]);
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "unknown";
    }

    private static double Rounded(double value) => Math.Abs(value) >= 1000 ? Math.Round(value) : Math.Round(value, 4);
}
