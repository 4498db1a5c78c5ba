using Leat.Conformance;
using Leat.Storage;

namespace Leat.Streams.Tests;

/// <summary>Where a process that runs a job is killed: before each kind of operation on each kind of file that a checkpoint, a lake commit and an append touch.</summary>
internal static class JobKillPoints
{
    /// <summary>A checkpoint is recorded, and its rows are not in the table yet; the first commit makes the table.</summary>
    public static readonly KillPoint BeforeFirstCommit = new(FileOperation.Link, "_delta_log/", 2);

    /// <summary>Folder of its checkpoints.</summary>
    private const string Job = "ysb_views";

    private static readonly (FileOperation Operation, string Name, int Most)[] All =
    [
        (FileOperation.Open, ".journal", 1), (FileOperation.Write, ".journal", 12), (FileOperation.Sync, ".journal", 12),
        (FileOperation.Write, Job + "/.tmp-", 12), (FileOperation.Sync, Job + "/.tmp-", 12), (FileOperation.Rename, ".checkpoint", 12), (FileOperation.SyncFolder, Job, 12), (FileOperation.Delete, ".checkpoint", 8),
        (FileOperation.Sync, ".parquet", 2), (FileOperation.Write, "_delta_log/.tmp-", 2), (FileOperation.Sync, "_delta_log/.tmp-", 2), (FileOperation.Link, "_delta_log/", 2), (FileOperation.SyncFolder, "_delta_log", 2),
        (FileOperation.Write, ".log", 200), (FileOperation.Sync, ".log", 200),
    ];

    /// <summary>Every kind once, each at a random one of its occurrences.</summary>
    public static IEnumerable<KillPoint> Once(Random random) => All.Select(p => new KillPoint(p.Operation, p.Name, random.Next(1, p.Most + 1)));
}
