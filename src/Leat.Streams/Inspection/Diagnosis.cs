using System.Globalization;

namespace Leat.Streams.Inspection;

/// <summary>Says in one line what holds a job back, by its figures: the first that fits.</summary>
internal static class Diagnosis
{
    private const double Much = 0.2;
    private const double Busy = 0.7;
    private const double Skewed = 0.5;
    private static readonly TimeSpan HeldBack = TimeSpan.FromSeconds(1);
    private static readonly Func<JobDescription, string?>[] Causes = [NotRunning, StaleTable, Sinks, LatePartition, Memory, Checkpoints, HotKey, OneWorker, Workers];

    public static string Of(JobDescription job) => Causes.Select(cause => cause(job)).FirstOrDefault(line => line is not null) ?? Sources(job);

    private static string? NotRunning(JobDescription job) => job.State == "running" ? null : job.Error is null ? $"{job.State}: nothing is processed" : $"{job.State}: {FirstLine(job.Error)}";

    private static string? StaleTable(JobDescription job) => job.Tables.FirstOrDefault(t => t.Failures > 0) is not { } table ? null
        : string.Create(CultureInfo.InvariantCulture, $"table {table.Name} is as of {table.CheckedAt:u}: {table.Failures} refreshes failed, the last with {FirstLine(table.Error ?? "")}");

    private static string? Sinks(JobDescription job) => job.HeldShare < Much ? null
        : $"sink pressure: workers stand {Percent(job.HeldShare)} of the time until rows for topics and lake tables are committed; a checkpoint takes {Ms(job.Checkpoints.LastMs)}";

    /// <summary>One partition has nothing to read and an older watermark than all others that hold windows open.</summary>
    private static string? LatePartition(JobDescription job)
    {
        var active = job.Partitions.Where(p => !p.IsIdle).OrderBy(p => p.Watermark ?? DateTime.MinValue).ToList();
        if (active.Count < 2 || !active[0].IsCaughtUp || active[1].Watermark is not { } others) return null;
        var name = $"{active[0].Source}/{active[0].Partition}";
        if (active[0].Watermark is not { } own) return $"waiting for partition {name}, which had no event yet: holds the watermark back";
        return others - own < HeldBack ? null : $"waiting for late partition {name}: holds the watermark back by {Seconds(others - own)}";
    }

    private static string? Memory(JobDescription job) => job.GcShare < Much ? null : $"memory: garbage collection takes {Percent(job.GcShare)} of the time";

    private static string? Checkpoints(JobDescription job) => job.Checkpoints.LastMs < job.Settings.CheckpointInterval.TotalMilliseconds / 2 ? null
        : $"checkpoints: the last took {Ms(job.Checkpoints.LastMs)}, one is due every {Ms(job.Settings.CheckpointInterval.TotalMilliseconds)}";

    private static string? HotKey(JobDescription job)
    {
        if (job.BusyShares.All(b => b < Busy)) return null;
        var skewed = job.Operators.Where(o => o.State?.LargestKeyShare >= Skewed).MaxBy(o => o.State!.LargestKeyShare);
        return skewed is null ? null : $"one key has {Percent(skewed.State!.LargestKeyShare!.Value)} of the rows of operator {skewed.Id} ({skewed.Kind}): workers {Percent(job.BusyShare!.Value)} busy";
    }

    private static string? OneWorker(JobDescription job) => job.BusyShares.Length < 2 || job.BusyShares.Max() < Busy || job.BusyShares.Min() > job.BusyShares.Max() / 2 ? null
        : $"uneven partitions: the busiest of {job.BusyShares.Length} workers is {Percent(job.BusyShares.Max())} busy, the idlest {Percent(job.BusyShares.Min())}";

    private static string? Workers(JobDescription job) => !(job.BusyShare >= Busy) ? null : $"worker-bound: workers {Percent(job.BusyShare!.Value)} busy, {Waiting(job)}";

    private static string Sources(JobDescription job) => job.BusyShare is { } busy ? $"source-bound: workers {Percent(busy)} busy, {Waiting(job)}" : "too early to say: the job has just started";

    private static string Waiting(JobDescription job) => job.Lag == 0 ? "no record waits" : string.Create(CultureInfo.InvariantCulture, $"{job.Lag:N0} records wait");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    private static string Ms(double ms) => ms < 1000 ? string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms") : Seconds(TimeSpan.FromMilliseconds(ms));

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s");

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
