using System.Globalization;
using Leat.Bench;

namespace Leat.Host.Rendering;

/// <summary>A benchmark report for people.</summary>
internal static class BenchTable
{
    public static void Write(BenchReport report, TextWriter output)
    {
        foreach (var figure in report.Figures)
        {
            var peer = figure.Peer is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  {figure.Peer} {figure.PeerValue:n2}  ratio {figure.Ratio:n2}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure.Name,-32} {figure.Value,16:n2} {figure.Unit,-6} spread {figure.Spread:p0} of {figure.Runs}{peer}"));
        }
        foreach (var check in report.Checks) output.WriteLine($"{(check.Ok ? "ok  " : "FAIL")} {check.Name}: {check.Detail}");
    }
}
