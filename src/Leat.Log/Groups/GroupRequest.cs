namespace Leat.Log;

/// <summary>A call to the <see cref="GroupCoordinator"/>; fields are those of the Kafka request of the same name.</summary>
internal abstract record GroupRequest(string Group);

/// <param name="Group">Group id.</param>
/// <param name="MemberId">Empty for a new member.</param>
/// <param name="ProtocolType">For consumers "consumer".</param>
/// <param name="Protocols">Assignors the member knows, the one it likes best first.</param>
internal sealed record JoinGroup(string Group, string MemberId, string ProtocolType, IReadOnlyList<GroupProtocol> Protocols) : GroupRequest(Group)
{
    /// <summary>Static member (group.instance.id); null = dynamic.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Beginning of the member id made for a new member.</summary>
    public string ClientId { get; init; } = "";

    public string ClientHost { get; init; } = "";

    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long the others wait for this member in a rebalance; version 0 of the protocol uses the session timeout.</summary>
    public TimeSpan RebalanceTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Version 4 and later: a new dynamic member gets its id first (MEMBER_ID_REQUIRED) and joins with it.</summary>
    public bool RequireMemberId { get; init; }
}

/// <param name="Group">Group id.</param>
/// <param name="Generation">Answered by the join.</param>
/// <param name="MemberId">Answered by the join.</param>
/// <param name="Assignments">From the leader: what each member reads; from others empty.</param>
internal sealed record SyncGroup(string Group, int Generation, string MemberId, IReadOnlyList<GroupAssignment> Assignments) : GroupRequest(Group)
{
    public string? InstanceId { get; init; }

    /// <summary>Null where the version does not carry it.</summary>
    public string? ProtocolType { get; init; }

    /// <summary>Null where the version does not carry it.</summary>
    public string? ProtocolName { get; init; }
}

internal sealed record GroupHeartbeat(string Group, int Generation, string MemberId, string? InstanceId = null) : GroupRequest(Group);

internal sealed record LeaveGroup(string Group, IReadOnlyList<LeavingMember> Members) : GroupRequest(Group);

/// <param name="Group">Group id.</param>
/// <param name="Generation">-1 with an empty member id: a consumer that takes no part in rebalancing.</param>
/// <param name="MemberId">Answered by the join.</param>
/// <param name="Offsets">What to commit.</param>
internal sealed record CommitOffsets(string Group, int Generation, string MemberId, IReadOnlyList<OffsetToCommit> Offsets) : GroupRequest(Group)
{
    public string? InstanceId { get; init; }
}

/// <param name="Group">Group id.</param>
/// <param name="Partitions">Null = all that have an offset.</param>
/// <param name="RequireStable">Offsets that an open transaction may change are answered with UNSTABLE_OFFSET_COMMIT.</param>
internal sealed record FetchOffsets(string Group, IReadOnlyList<TopicPartition>? Partitions, bool RequireStable) : GroupRequest(Group);
