namespace Leat.Log;

/// <summary>Settings of consumer groups, section <c>Leat:Log:Groups</c>. In brackets the name of the same setting in Kafka.</summary>
public sealed class GroupCoordinatorOptions
{
    /// <summary>How long the first rebalance of an empty group waits for further members [group.initial.rebalance.delay.ms]. Default 3 s; 0 to 5 min.</summary>
    public TimeSpan InitialRebalanceDelay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Shortest session timeout a member may ask for [group.min.session.timeout.ms]. Default 1 s; 1 ms to 30 min.</summary>
    public TimeSpan MinSessionTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest session timeout a member may ask for [group.max.session.timeout.ms]. Default 30 min; 1 ms to 1 day.</summary>
    public TimeSpan MaxSessionTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Members a group may have [group.max.size]. Default 1,000; 1 to 100,000.</summary>
    public int MaxMembers { get; set; } = 1000;

    /// <summary>How long the offsets of a group without members are kept [offsets.retention.minutes]. Default 7 days; 1 min to 10 years.</summary>
    public TimeSpan OffsetsRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Longest metadata of an offset in bytes [offset.metadata.max.bytes]. Default 4,096; 0 to 65,535.</summary>
    public int MaxMetadataBytes { get; set; } = 4096;

    /// <summary>What is wrong with the settings, or null.</summary>
    public string? Problem() =>
        Range(nameof(InitialRebalanceDelay), InitialRebalanceDelay, TimeSpan.Zero, TimeSpan.FromMinutes(5))
        ?? Range(nameof(MinSessionTimeout), MinSessionTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(30))
        ?? Range(nameof(MaxSessionTimeout), MaxSessionTimeout, MinSessionTimeout, TimeSpan.FromDays(1))
        ?? Range(nameof(MaxMembers), MaxMembers, 1, 100_000)
        ?? Range(nameof(OffsetsRetention), OffsetsRetention, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650))
        ?? Range(nameof(MaxMetadataBytes), MaxMetadataBytes, 0, 65_535);

    private static string? Range<T>(string name, T value, T from, T to)
        where T : IComparable<T> =>
        value.CompareTo(from) >= 0 && value.CompareTo(to) <= 0 ? null : $"{EmbeddedLogOptions.Section}:Groups:{name} is {value}; it must be between {from} and {to}.";
}
