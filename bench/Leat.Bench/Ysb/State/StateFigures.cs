using System.Collections.Immutable;

namespace Leat.Bench.Ysb.State;

/// <summary>What many keys cost: memory, and the delay that a checkpoint a second adds while 1 of 100 keys change in a second.</summary>
/// <param name="Figures">Gigabytes and milliseconds.</param>
/// <param name="Check">All rows were processed and all keys are held.</param>
internal sealed record StateFigures(ImmutableArray<BenchFigure> Figures, BenchCheck Check)
{
    private const int Seconds = 10;

    public static async Task<StateFigures> MeasureAsync(long keys, string folder, Action<string> progress, CancellationToken ct)
    {
        progress("state: keys without checkpoints");
        var without = await RunAsync(keys, TimeSpan.FromHours(1), Path.Combine(folder, "state-a"), ct);
        progress("state: keys with a checkpoint a second");
        var with = await RunAsync(keys, TimeSpan.FromSeconds(1), Path.Combine(folder, "state-b"), ct);
        var rows = keys + (keys / 100 * Seconds);
        return new StateFigures(
            [
                BenchFigure.Of($"state_{keys / 1_000_000}m_keys_gb", "GB", [with.Gigabytes]),
                BenchFigure.Of("checkpoint_p99_added_ms", "ms", [with.P99 - without.P99]),
                BenchFigure.Of("touch_p99_ms", "ms", [with.P99]),
                BenchFigure.Of("checkpoint_ms", "ms", [with.Checkpoints.LastMs]),
            ],
            new BenchCheck("state_is_whole", with.Keys == keys && without.Keys == keys && with.Processed == rows && without.Processed == rows,
                FormattableString.Invariant($"{with.Keys} keys of 16 bytes with 32 bytes each, {with.Processed} rows; then {keys / 100} rows a second for {Seconds} s, open loop; memory is RssAnon of the whole process; p99 without checkpoints {without.P99:0.0} ms; longest of the last checkpoints {with.Checkpoints.LongestMs:0} ms, {with.Checkpoints.LastBytes} bytes of {with.Checkpoints.StateBytes}")));
    }

    private static Task<StateRun> RunAsync(long keys, TimeSpan checkpoints, string folder, CancellationToken ct)
        => StateRun.MeasureAsync(new TouchLoad(keys, keys / 100, keys / 100 * Seconds), checkpoints, folder, ct);
}
