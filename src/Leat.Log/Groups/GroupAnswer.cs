using Leat.Core;

namespace Leat.Log;

/// <summary>Answer of the <see cref="GroupCoordinator"/>; fields are those of the Kafka response of the same name.</summary>
internal abstract record GroupAnswer(KafkaError Error);

/// <param name="Error">With an error only <see cref="MemberId"/> counts.</param>
/// <param name="MemberId">Also with MEMBER_ID_REQUIRED.</param>
internal sealed record JoinAnswer(KafkaError Error, string MemberId) : GroupAnswer(Error)
{
    public int Generation { get; init; } = -1;

    /// <summary>Null with an error.</summary>
    public string? ProtocolType { get; init; }

    /// <summary>The assignor chosen; null with an error (versions before 7 send an empty text).</summary>
    public string? ProtocolName { get; init; }

    /// <summary>Member id of the leader.</summary>
    public string Leader { get; init; } = "";

    /// <summary>All members, told to the leader alone.</summary>
    public IReadOnlyList<JoinedMember> Members { get; init; } = [];
}

internal sealed record SyncAnswer(KafkaError Error, ReadOnlyMemory<byte> Assignment = default) : GroupAnswer(Error)
{
    public string? ProtocolType { get; init; }

    public string? ProtocolName { get; init; }
}

internal sealed record LeaveAnswer(KafkaError Error, IReadOnlyList<LeftMember> Members) : GroupAnswer(Error);

/// <param name="Error">What all partitions have in common; each also carries it.</param>
/// <param name="Partitions">In the order of the request.</param>
internal sealed record CommitAnswer(KafkaError Error, IReadOnlyList<PartitionAnswer> Partitions) : GroupAnswer(Error)
{
    /// <summary>Why the log could not store it; for callers in this process.</summary>
    public LeatException? Failure { get; init; }
}

/// <param name="Error">Of the whole group.</param>
/// <param name="Offsets">In the order of the request; a partition without offset has -1.</param>
internal sealed record FetchOffsetsAnswer(KafkaError Error, IReadOnlyList<FetchedOffset> Offsets) : GroupAnswer(Error);

/// <param name="Error">None also for a group that is not known, whose state is Dead.</param>
/// <param name="Group">Group id.</param>
/// <param name="State">Dead, Empty, PreparingRebalance, CompletingRebalance or Stable.</param>
/// <param name="Members">Members with their metadata and assignment of the protocol chosen.</param>
internal sealed record DescribeGroupAnswer(KafkaError Error, string Group, string State, IReadOnlyList<DescribedMember> Members) : GroupAnswer(Error)
{
    public string ProtocolType { get; init; } = "";

    public string ProtocolName { get; init; } = "";
}

internal sealed record ListedGroup(string Group, string ProtocolType, string State) : GroupAnswer(KafkaError.None);

internal sealed record DeleteGroupAnswer(KafkaError Error, string Group) : GroupAnswer(Error)
{
    /// <summary>Why the log could not store it; for callers in this process.</summary>
    public LeatException? Failure { get; init; }
}
