namespace Leat.Log;

/// <summary>Settings of the embedded log, section <c>Leat:Log</c>.</summary>
public sealed class EmbeddedLogOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Leat:Log";

    /// <summary>How long an acknowledged record of a topic with <see cref="Durability.Interval"/> may stay without fsync. Default 100 ms; 1 ms to 1 min.</summary>
    public TimeSpan FsyncInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Largest batch. Default 8 MB; 64 KB to 256 MB.</summary>
    public int MaxBatchBytes { get; set; } = 8 << 20;

    /// <summary>Appends that may wait in a partition before further ones wait outside. Default 1,024; 1 to 65,536.</summary>
    public int QueueLength { get; set; } = 1024;

    /// <summary>Threads that write and fsync; partitions share them. Default 4; 1 to 64.</summary>
    public int WriterThreads { get; set; } = 4;

    /// <summary>Newest idempotency keys known per partition, about 60 bytes each. Default 200,000; 0 to 10,000,000.</summary>
    public int IdempotencyKeys { get; set; } = 200_000;

    /// <summary>Distance of index points. Default 64 KB; 4 KB to 1 MB.</summary>
    public int IndexIntervalBytes { get; set; } = 64 << 10;

    /// <summary>Consumer groups.</summary>
    public GroupCoordinatorOptions Groups { get; set; } = new();

    /// <summary>Transactions.</summary>
    public TransactionCoordinatorOptions Transactions { get; set; } = new();

    /// <summary>What is wrong with the settings, or null.</summary>
    public string? Problem() =>
        Groups.Problem()
        ?? Transactions.Problem()
        ?? Range(nameof(FsyncInterval), FsyncInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1))
        ?? Range(nameof(MaxBatchBytes), MaxBatchBytes, 64 << 10, 256 << 20)
        ?? Range(nameof(QueueLength), QueueLength, 1, 65_536)
        ?? Range(nameof(WriterThreads), WriterThreads, 1, 64)
        ?? Range(nameof(IdempotencyKeys), IdempotencyKeys, 0, 10_000_000)
        ?? Range(nameof(IndexIntervalBytes), IndexIntervalBytes, 4 << 10, 1 << 20);

    private static string? Range<T>(string name, T value, T from, T to)
        where T : IComparable<T> =>
        value.CompareTo(from) >= 0 && value.CompareTo(to) <= 0 ? null : $"{Section}:{name} is {value}; it must be between {from} and {to}.";
}
