namespace Leat.Log;

/// <summary>How a consumer takes part in a group.</summary>
/// <param name="Group">Group id, 1 to 249 characters.</param>
/// <param name="Topics">Topics read; partitions added to them later are picked up.</param>
public sealed record GroupOptions(string Group, IReadOnlyList<string> Topics)
{
    /// <summary>Name of this member across restarts (Kafka's group.instance.id); null = a new member each time.</summary>
    public string? InstanceId { get; init; }

    /// <summary>A member not heard of for so long is taken out. Default 45 s; 1 s to 30 min.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Where to begin in a partition without committed offset: true = first record kept (default), false = end.</summary>
    public bool FromStart { get; init; } = true;
}
