namespace Leat.Streams;

/// <summary>How a lake table is read as a stream.</summary>
public sealed record LakeReadOptions
{
    /// <summary>First version whose changes are read, 0 = all that was ever written; null = all rows of the newest version at the first start, then its changes. Default null.</summary>
    public long? FromVersion { get; init; }

    /// <summary>What to do with versions that change or delete rows. Default: refuse.</summary>
    public LakeRewrites Rewrites { get; init; }

    /// <summary>Parts that are read side by side, each file in one of them, 1 to 256. It must stay the same. Default 1: rows come in the order of the versions.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>How often the table is asked for new versions, 1 ms to 1 h. Default 1 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    internal void Check()
    {
        if (FromVersion is { } version) ArgumentOutOfRangeException.ThrowIfNegative(version, nameof(FromVersion));
        ArgumentOutOfRangeException.ThrowIfLessThan(Partitions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Partitions, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(PollInterval, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PollInterval, TimeSpan.FromHours(1));
    }
}
