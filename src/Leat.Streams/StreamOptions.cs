namespace Leat.Streams;

/// <summary>Settings of stream jobs, section <c>Leat:Streams</c>.</summary>
public sealed class StreamOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Leat:Streams";

    /// <summary>Workers a job, 1 to 256; 0 = one a core. Never more than the job's partitions. Default 0.</summary>
    public int Workers { get; set; }

    /// <summary>Time between checkpoints, 50 ms to 1 h. Default 1 s.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a checkpoint may be under way, commits of tables and topics included, before the job reads no further until it is done; 100 ms to 1 h. Bounds what piles up in memory while a sink is away. Default 10 s.</summary>
    public TimeSpan HoldAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time rows wait for a lake commit, 1 s to 1 day. Default 60 s.</summary>
    public TimeSpan LakeCommitInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Size of waiting rows at which a lake commit is made at once, in MB, 1 to 4,096. At four times of it the job reads no further. Default 64.</summary>
    public int LakeCommitMegabytes { get; set; } = 64;

    /// <summary>How long a partition may be without data, while others progress, before it no longer holds windows open; 10 ms to 1 day. Default 5 s.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>First wait before a job that failed for a reason that may pass (disk full, table or cluster away) starts again from its last checkpoint, 0 to 1 min; doubles from failure to failure up to a minute. 0 = it waits for a start by hand, as after all other failures. Default 1 s.</summary>
    public TimeSpan RestartAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Checkpoints kept, 1 to 100. Default 3.</summary>
    public int RetainedCheckpoints { get; set; } = 3;

    /// <summary>How long checkpoints are kept beside <see cref="RetainedCheckpoints"/>, 0 to 7 days: a small file each, and the state files that they need. Default 0.</summary>
    public TimeSpan RetainedFor { get; set; }

    /// <summary>Share of records since the start that may be dead letters before the job stops, 0 to 1. Default 0.2.</summary>
    public double MaxDeadShare { get; set; } = 0.2;

    /// <summary>Dead letters since the start before <see cref="MaxDeadShare"/> counts, at least 1. Default 1,000.</summary>
    public long MinDeadRecords { get; set; } = 1000;

    /// <summary>Longest time a busy worker keeps results from the views, 1 ms to 1 s. Default 5 ms.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a sink that cannot be reached is tried again before the job fails, 0 to 7 days. Meanwhile the job reads on until <see cref="LakeCommitMegabytes"/> of rows wait. Default 10 min.</summary>
    public TimeSpan SinkRetryFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Memory that the state by key of a job may take before what was not used for a while goes to disk, in MB, 16 to 1,048,576; 0 = half of what the process may have. What changed since the last checkpoint stays in memory; with half more than this the job waits for the next one. Default 0.</summary>
    public int StateMemoryMegabytes { get; set; }

    /// <summary>Memory for state in bytes, when tests want less than a megabyte; 0 = <see cref="StateMemoryMegabytes"/>.</summary>
    internal long StateMemoryBytes { get; set; }

    /// <summary>Size under which a state file is not replaced however outdated it is, in bytes.</summary>
    internal long StateFileBytes { get; set; } = 16 << 20;

    /// <summary>State that a new state file gets between two checkpoints, in bytes, at least.</summary>
    internal long ScanBytes { get; set; } = 32 << 20;

    /// <summary>Bytes that state by key may take.</summary>
    internal long StateBudgetBytes() => StateMemoryBytes > 0 ? StateMemoryBytes
        : StateMemoryMegabytes > 0 ? (long)StateMemoryMegabytes << 20
        : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    internal StreamOptions Copy() => (StreamOptions)MemberwiseClone();

    /// <exception cref="Leat.Core.LeatException">LEAT2140 names the setting, its value and what is allowed.</exception>
    internal void Check()
    {
        Between(nameof(Workers), Workers, 0, 256);
        Between(nameof(CheckpointInterval), CheckpointInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1));
        Between(nameof(HoldAfter), HoldAfter, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Between(nameof(LakeCommitInterval), LakeCommitInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Between(nameof(LakeCommitMegabytes), LakeCommitMegabytes, 1, 4096);
        if (StateMemoryMegabytes != 0) Between(nameof(StateMemoryMegabytes), StateMemoryMegabytes, 16, 1 << 20);
        Between(nameof(IdleAfter), IdleAfter, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1));
        Between(nameof(RestartAfter), RestartAfter, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Between(nameof(RetainedCheckpoints), RetainedCheckpoints, 1, 100);
        Between(nameof(RetainedFor), RetainedFor, TimeSpan.Zero, TimeSpan.FromDays(7));
        Between(nameof(MaxDeadShare), MaxDeadShare, 0.0, 1.0);
        Between(nameof(MinDeadRecords), MinDeadRecords, 1L, long.MaxValue);
        Between(nameof(SinkRetryFor), SinkRetryFor, TimeSpan.Zero, TimeSpan.FromDays(7));
        Between(nameof(FlushInterval), FlushInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
    }

    private static void Between<TValue>(string name, TValue value, TValue least, TValue most)
        where TValue : IComparable<TValue>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0) throw StreamErrors.Setting(name, value, $"{least} to {most}");
    }
}
