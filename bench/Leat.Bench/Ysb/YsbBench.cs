using System.Globalization;
using Leat.Bench.Ysb;
using Leat.Bench.Ysb.State;

namespace Leat.Bench;

/// <summary>Yahoo Streaming Benchmark, variant B without Redis: 254-byte JSON in the embedded log, filter, projection, lookup, 10-second windows a campaign, exactly once with a checkpoint a second.</summary>
public sealed class YsbBench : IBenchmark
{
    private const int QuickRuns = 3;
    private const int FullRuns = 5;
    private const string Peer = "duckdb read_json";

    public string Name => "ysb";

    public string Summary => "stream job over ad events: parse, filter, look up, count by campaign and window";

    public async Task<BenchReport> RunAsync(bool quick, Action<string> progress, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("leat-ysb-").FullName;
        try
        {
            var state = await StateFigures.MeasureAsync(quick ? 2_000_000 : 10_000_000, folder, progress, ct);
            progress("making events");
            await using var input = await YsbInput.MakeAsync(folder, quick ? 4_000_000 : 10_000_000, ct);
            var report = await MeasureAsync(input, quick ? QuickRuns : FullRuns, folder, progress, ct);
            return report with { Figures = [.. report.Figures, .. state.Figures], Checks = [.. report.Checks, state.Check] };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BenchReport> MeasureAsync(YsbInput input, int runs, string folder, Action<string> progress, CancellationToken ct)
    {
        using var peer = new YsbPeer(input, ct);
        var (one, two) = (new List<YsbRun>(), new List<YsbRun>());
        var (peerOne, peerTwo) = (new List<YsbPeerRun>(), new List<YsbPeerRun>());
        for (var i = -1; i < runs; i++)
        {
            progress(i < 0 ? "warming up" : string.Create(CultureInfo.InvariantCulture, $"run {i + 1} of {runs}"));
            var leatOne = await YsbRun.MeasureAsync(input, 1, Path.Combine(folder, $"one{i}"), ct);
            var duckOne = peer.Measure(1, ct);
            var leatTwo = await YsbRun.MeasureAsync(input, 2, Path.Combine(folder, $"two{i}"), ct);
            var duckTwo = peer.Measure(2, ct);
            if (i < 0) continue;
            one.Add(leatOne);
            two.Add(leatTwo);
            peerOne.Add(duckOne);
            peerTwo.Add(duckTwo);
        }

        return Report(input, one, two, (peerOne, peerTwo));
    }

    private static BenchReport Report(YsbInput input, List<YsbRun> one, List<YsbRun> two, (List<YsbPeerRun> One, List<YsbPeerRun> Two) peer)
    {
        var rateOne = one.Select(r => input.Events / r.Seconds).ToList();
        var rateTwo = two.Select(r => input.Events / r.Seconds).ToList();
        var all = one.Concat(two).ToList();
        return new BenchReport(
            "ysb",
            [
                BenchFigure.Of("events_per_second_core", "1/s", [.. one.Select(r => input.Events / r.CpuSeconds)]).Against($"{Peer}, 1 thread, CPU seconds too", [.. peer.One.Select(r => input.Events / r.CpuSeconds)], higherIsBetter: true),
                BenchFigure.Of("events_per_second_one_worker", "1/s", rateOne).Against($"{Peer}, 1 thread", [.. peer.One.Select(r => input.Events / r.Seconds)], higherIsBetter: true),
                BenchFigure.Of("events_per_second", "1/s", rateTwo).Against($"{Peer}, 2 threads", [.. peer.Two.Select(r => input.Events / r.Seconds)], higherIsBetter: true),
                BenchFigure.Of("scaling_2_cores", "ratio", [.. rateTwo.Zip(rateOne, (a, b) => a / b)]),
                BenchFigure.Of("bytes_allocated_per_event", "B", [.. one.Select(r => r.BytesAllocated / input.Events)]),
            ],
            [
                new BenchCheck("answer_equals_recount", all.TrueForAll(r => r.Answer.SequenceEqual(input.Answer)), Invariant($"{input.Answer.Count} counts over {input.Events} events; {input.Answer.Values.Sum()} views counted while generating")),
                new BenchCheck("answer_equals_peer", peer.One.Concat(peer.Two).All(p => all.TrueForAll(r => r.Answer.SequenceEqual(p.Answer))), Invariant($"{peer.Two[0].Answer.Count} counts from DuckDB")),
                new BenchCheck("nothing_late_or_dead", all.TrueForAll(r => r.Status is { LateEvents: 0, DeadEvents: 0 }), "late and dead-letter counts of every run"),
                new BenchCheck("checkpoints_taken", all.TrueForAll(r => r.Status.CheckpointId > 0), Invariant($"epochs per run: {string.Join(", ", all.Select(r => r.Status.CheckpointId))}; interval 1 s, fsync on")),
                new BenchCheck("set_up", true, Invariant($"{YsbInput.EventsPerSecond} events per second of event time over {input.Events / YsbInput.EventsPerSecond} s, {YsbInput.Partitions} partitions, page cache warm for both, peer reads the same three fields")),
            ]);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
