using System.Diagnostics;

namespace Leat.Bench.Nexmark;

/// <summary>A timed run.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="CpuSeconds">Of the whole process, collection of garbage and compilation included.</param>
/// <param name="Answer">What came out; default where it was not looked at.</param>
internal sealed record NexmarkRun(double Seconds, double CpuSeconds, RowChecksum Answer)
{
    /// <summary>Times one run after a collection.</summary>
    public static NexmarkRun Measure(Func<RowChecksum> run)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var answer = run();
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        return new NexmarkRun(seconds, (process.TotalProcessorTime - cpu).TotalSeconds, answer);
    }
}
