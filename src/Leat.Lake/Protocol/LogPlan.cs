using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;

namespace Leat.Lake.Protocol;

/// <summary>Which files of <c>_delta_log</c> to read for a version: one complete checkpoint (or none), then commits without a gap.</summary>
/// <param name="Version">The version they lead to.</param>
/// <param name="Checkpoint">Names of the checkpoint's files; empty = none.</param>
/// <param name="CheckpointVersion">-1 = none.</param>
internal sealed record LogPlan(long Version, ImmutableArray<string> Checkpoint, long CheckpointVersion)
{
    /// <summary>File name of a commit.</summary>
    public static string CommitName(long version) => version.ToString("D20", CultureInfo.InvariantCulture) + ".json";

    /// <summary>Plans for <paramref name="version"/>; null = newest. Checkpoints newer than <paramref name="checkpointBelow"/> are left aside.</summary>
    /// <returns>Null when the names hold no log at all.</returns>
    /// <exception cref="LeatException">LEAT3004 no such version; LEAT3010 a gap (names both neighbours).</exception>
    public static LogPlan? Make(string table, IEnumerable<string> names, long? version, long checkpointBelow = long.MaxValue)
    {
        var commits = new SortedSet<long>();
        var checkpoints = new List<(long Version, string Name, string[] Parts)>();
        foreach (var name in names) Sort(name, commits, checkpoints);
        if (commits.Count == 0 && checkpoints.Count == 0) return null;

        var last = Math.Max(commits.Count > 0 ? commits.Max : -1, checkpoints.Count > 0 ? checkpoints.Max(c => c.Version) : -1);
        var target = version ?? last;
        var (checkpoint, at) = Newest(checkpoints, Math.Min(target, checkpointBelow - 1));
        if (target > last || target < 0 || (at < 0 && !commits.Contains(0) && version is not null))
            throw LakeErrors.NoVersion(table, target, FirstReadable(commits, checkpoints), last);
        for (var v = at + 1; v <= target; v++)
            if (!commits.Contains(v)) throw LakeErrors.Gap(table, v - 1, commits.FirstOrDefault(c => c > v, target));
        return new LogPlan(target, checkpoint, at);
    }

    private static void Sort(string name, SortedSet<long> commits, List<(long, string, string[])> checkpoints)
    {
        var parts = name.Split('.');
        if (parts.Length < 2 || parts[0].Length != 20 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return;
        if (parts is [_, "json"]) commits.Add(version);
        else if (parts is [_, "checkpoint", .., "parquet" or "json"]) checkpoints.Add((version, name, parts[2..^1]));
    }

    /// <summary>The newest complete checkpoint: UUID-named, else classic, else multi-part with all parts there.</summary>
    private static (ImmutableArray<string> Names, long Version) Newest(List<(long Version, string Name, string[] Parts)> checkpoints, long atMost)
    {
        foreach (var group in checkpoints.Where(c => c.Version <= atMost).GroupBy(c => c.Version).OrderByDescending(g => g.Key))
        {
            if (group.FirstOrDefault(c => c.Parts.Length == 1) is { Name: { } uuid }) return ([uuid], group.Key);
            if (group.FirstOrDefault(c => c.Parts.Length == 0) is { Name: { } classic }) return ([classic], group.Key);
            foreach (var multi in group.Where(c => c.Parts.Length == 2).GroupBy(c => c.Parts[1]))
                if (int.TryParse(multi.Key, out var parts) && multi.Count() == parts) return ([.. multi.Select(c => c.Name).Order(StringComparer.Ordinal)], group.Key);
        }
        return ([], -1);
    }

    private static long FirstReadable(SortedSet<long> commits, List<(long Version, string Name, string[] Parts)> checkpoints) =>
        commits.Contains(0) || checkpoints.Count == 0 ? commits.FirstOrDefault() : checkpoints.Min(c => c.Version);
}
