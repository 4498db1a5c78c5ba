using Leat.Bench.Latency;

namespace Leat.Bench;

/// <summary>From an append to the first fresh read that has it: the YSB query under a steady load, exactly once with a checkpoint a second.</summary>
public sealed class LatencyBench : IBenchmark
{
    private const int Parts = 5;

    public string Name => "latency";

    public string Summary => "append to fresh read of the changed window, under a steady load";

    public async Task<BenchReport> RunAsync(bool quick, Action<string> progress, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("leat-latency-").FullName;
        try
        {
            var low = await MeasureAsync(new LatencyPlan(100_000, Seconds(quick ? 5 : 15), Seconds(quick ? 20 : 300)), folder, progress, ct);
            var high = await MeasureAsync(new LatencyPlan(500_000, Seconds(quick ? 5 : 15), Seconds(quick ? 15 : 60)), folder, progress, ct);
            return Report(low, high);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<LatencyRun> MeasureAsync(LatencyPlan plan, string folder, Action<string> progress, CancellationToken ct)
    {
        progress(Invariant($"{plan.EventsPerSecond} events a second for {(plan.WarmUp + plan.Measured).TotalSeconds} s"));
        var own = Path.Combine(folder, Invariant($"{plan.EventsPerSecond}"));
        var run = await LatencyRun.MeasureAsync(plan, own, ct);
        Directory.Delete(own, recursive: true);
        return run;
    }

    private static BenchReport Report(LatencyRun low, LatencyRun high)
    {
        LatencyRun[] all = [low, high];
        return new BenchReport(
            "latency",
            [
                Figure("at_100k_p50_ms", low, 0.5), Figure("at_100k_p99_ms", low, 0.99), Figure("at_100k_p999_ms", low, 0.999), Figure("at_100k_max_ms", low, 1),
                Figure("at_500k_p50_ms", high, 0.5), Figure("at_500k_p99_ms", high, 0.99), Figure("at_500k_p999_ms", high, 0.999), Figure("at_500k_max_ms", high, 1),
            ],
            [
                new BenchCheck("counts_equal_recount", all.All(r => r.CountsEqual), Invariant($"{low.Windows} and {high.Windows} counts of campaigns and windows, {low.Sent} and {high.Sent} events, counted by the producer while sending")),
                new BenchCheck("every_append_seen", all.All(r => r.Latencies.Count > 0.95 * LatencyAds.Partitions * r.Plan.Measured.TotalMilliseconds), Invariant($"{low.Latencies.Count} and {high.Latencies.Count} appends with something to count")),
                new BenchCheck("nothing_late_or_dead", all.All(r => r.Status is { LateEvents: 0, DeadEvents: 0 }), "late and dead-letter counts"),
                new BenchCheck("checkpoint_a_second", all.All(r => r.Status.CheckpointId >= 0.8 * (r.Plan.WarmUp + r.Plan.Measured).TotalSeconds), string.Join("; ", all.Select(r => Invariant($"{r.Status.CheckpointId} in {(r.Plan.WarmUp + r.Plan.Measured).TotalSeconds} s, the last took {r.Status.CheckpointMs:0.0} ms")))),
                new BenchCheck("rate_kept", all.All(r => r.Sent == r.Plan.EventsPerSecond * (r.Plan.WarmUp + r.Plan.Measured).TotalSeconds), string.Join("; ", all.Select(r => Invariant($"appends were called up to {r.LateMs.Max():0.0} ms late, 99 % within {At(r.LateMs, 0.99):0.00} ms, which counts as latency")))),
                new BenchCheck("disk_meanwhile", true, string.Join("; ", all.Select(r => Invariant($"4 KB written and made durable beside the log took {r.Disk.Quantile(0.5):0.0} ms in the middle, 99 % within {r.Disk.Quantile(0.99):0.0} ms, at most {r.Disk.Quantile(1):0.0} ms: an append waits for the same")))),
                new BenchCheck("set_up", true, Invariant($"one process: producer (a thread, two appends a millisecond on a fixed schedule), log ({LatencyAds.Partitions} partitions, fsync), job (10 s windows by campaign, default settings), reader (a thread that asks each millisecond); latency from when the append was due; CPU {low.CpuShare:0.00} and {high.CpuShare:0.00} cores, pauses for garbage {low.GcPauseMs:0} and {high.GcPauseMs:0} ms in all")),
            ]);
    }

    /// <summary>Over the whole time; the spread is that of its fifths.</summary>
    private static BenchFigure Figure(string name, LatencyRun run, double share) =>
        BenchFigure.Of(name, "ms", [.. Enumerable.Range(0, Parts).Select(p => run.Quantile(share, p))]) with { Value = run.Quantile(share) };

    private static double At(List<double> values, double share) => values.Order().ElementAt((int)(values.Count * share));

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
