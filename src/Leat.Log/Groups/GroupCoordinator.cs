namespace Leat.Log;

/// <summary>Consumer groups: membership and committed offsets. One method per call of the Kafka protocol; knows nothing of bytes on the wire. Any thread may call.</summary>
internal sealed class GroupCoordinator
{
    /// <summary>Takes a member in. Answers when the rebalance it causes has all members, so it may take as long as their rebalance timeout.</summary>
    /// <param name="request">Who joins.</param>
    /// <param name="ct">The caller is gone: the member stays until its session ends.</param>
    public ValueTask<JoinAnswer> JoinAsync(JoinGroup request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Hands out the leader's assignments. Answers when the leader has spoken.</summary>
    public ValueTask<SyncAnswer> SyncAsync(SyncGroup request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Keeps the member's session alive; says whether it has to join again.</summary>
    public ValueTask<KafkaError> HeartbeatAsync(GroupHeartbeat request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Takes members out.</summary>
    public ValueTask<LeaveAnswer> LeaveAsync(LeaveGroup request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Keeps offsets; durable before it answers.</summary>
    public ValueTask<CommitAnswer> CommitAsync(CommitOffsets request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Committed offsets of a group.</summary>
    public ValueTask<FetchOffsetsAnswer> FetchAsync(FetchOffsets request, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>The group with its members.</summary>
    public ValueTask<DescribeGroupAnswer> DescribeAsync(string group, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>All groups by id; all states, or those named.</summary>
    public ValueTask<IReadOnlyList<ListedGroup>> ListAsync(IReadOnlyCollection<string> states, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Forgets a group without members, durably.</summary>
    public ValueTask<DeleteGroupAnswer> DeleteAsync(string group, CancellationToken ct) => throw new NotSupportedException();
}
