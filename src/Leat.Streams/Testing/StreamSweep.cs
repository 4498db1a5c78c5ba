using System.Globalization;

namespace Leat.Streams.Testing;

/// <summary>Proves that a job gives the same outputs whatever happens: run uninterrupted, killed at each mark, and with one, two and four workers. A mark is a place between two steps together with a point of a checkpoint, or without a checkpoint.</summary>
/// <param name="job">Makes the job; called for every run and after each kill.</param>
/// <param name="settings">Surroundings; the number of workers is the sweep's own. Null = four partitions.</param>
public sealed class StreamSweep(Func<StreamJob> job, StreamTestSettings? settings = null)
{
    private const int MostStepsApart = 6;
    private static readonly int[] Workers = [1, 2, 4];
    private static readonly StreamStep[] Kills = [new StreamStep.Kill(), .. Enum.GetValues<CheckpointStep>().Select(s => new StreamStep.KillAt(s))];
    private readonly StreamTestSettings _settings = settings ?? new StreamTestSettings { Partitions = 4 };

    /// <summary>Runs made so far.</summary>
    public int Runs { get; private set; }

    /// <summary>Makes all runs and returns the outputs, which are those of each of them.</summary>
    /// <param name="steps">Events and what else happens, without kills.</param>
    /// <param name="oneMarkIn">1 = every mark is tried; n = one in n, and runs that are killed many times are killed after at most every sixth step instead of every one.</param>
    /// <param name="ct">Stops between steps.</param>
    /// <exception cref="InvalidOperationException">Two runs differ; names the mark, the number of workers and the first outputs that differ.</exception>
    public async Task<StreamTestResult> RunAsync(IReadOnlyList<StreamStep> steps, int oneMarkIn = 1, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oneMarkIn, 1);
        var expected = await OnceAsync(steps, Workers[0], ct).ConfigureAwait(false);
        foreach (var workers in Workers.Skip(1)) await CompareAsync(expected, steps, workers, "uninterrupted", ct).ConfigureAwait(false);
        var run = 0;
        var every = Math.Min(oneMarkIn, MostStepsApart);
        foreach (var kill in Kills) await CompareAsync(expected, [.. steps.Chunk(every).SelectMany(s => s.Append(kill))], Next(ref run), string.Create(CultureInfo.InvariantCulture, $"{kill} after every {every} steps"), ct).ConfigureAwait(false);
        foreach (var (mark, at, kill) in Marks(steps.Count))
            if (mark % oneMarkIn == 0) await CompareAsync(expected, [.. steps.Take(at), kill, .. steps.Skip(at)], Next(ref run), string.Create(CultureInfo.InvariantCulture, $"{kill} after step {at}"), ct).ConfigureAwait(false);
        return expected;
    }

    private static IEnumerable<(int Mark, int At, StreamStep Kill)> Marks(int steps)
    {
        var mark = 0;
        for (var at = 0; at <= steps; at++)
            foreach (var kill in Kills) yield return (mark++, at, kill);
    }

    private static int Next(ref int run) => Workers[run++ % Workers.Length];

    private async Task CompareAsync(StreamTestResult expected, IReadOnlyList<StreamStep> steps, int workers, string mark, CancellationToken ct)
    {
        var actual = await OnceAsync(steps, workers, ct).ConfigureAwait(false);
        if (actual.Outputs == expected.Outputs) return;
        var (missing, more) = (Without(expected.Outputs, actual.Outputs), Without(actual.Outputs, expected.Outputs));
        throw new InvalidOperationException($"{mark}, {workers} workers: the outputs are not those of an uninterrupted run\n  missing: {missing}\n  instead: {more}");
    }

    private async Task<StreamTestResult> OnceAsync(IEnumerable<StreamStep> steps, int workers, CancellationToken ct)
    {
        Runs++;
        var bench = new StreamTestBench(job, _settings with { Workers = workers });
        await using var _ = bench.ConfigureAwait(false);
        var result = await bench.RunAsync(steps, ct).ConfigureAwait(false);
        return result.Status.State == "running" ? result : throw new InvalidOperationException($"the job is {result.Status.State}: {result.Status.Error}");
    }

    private static string Without(string outputs, string others)
    {
        var known = others.Split('\n').ToLookup(l => l, StringComparer.Ordinal);
        var lines = outputs.Split('\n').GroupBy(l => l, StringComparer.Ordinal).Where(g => g.Count() > known[g.Key].Count()).Select(g => g.Key).Take(3).ToList();
        return lines.Count == 0 ? "nothing, the order differs" : string.Join("; ", lines);
    }
}
