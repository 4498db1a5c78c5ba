namespace Leat.Log;

/// <summary>One group as a state machine: who belongs to it, in which generation, with which assignment. Every method is called with the coordinator's lock held; timers take it themselves.</summary>
/// <remarks>Source: the classic rebalance protocol of Apache Kafka (JoinGroup to 7, SyncGroup to 5), with the changes of KIP-345 (static members) and KIP-394 (member id first).</remarks>
internal sealed partial class ConsumerGroup : IDisposable
{
    private readonly GroupCoordinatorOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate;
    private readonly Dictionary<string, GroupMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GroupMember> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ITimer> _announced = new(StringComparer.Ordinal);
    private readonly ITimer _phase;
    private string? _leader;

    public ConsumerGroup(string id, GroupCoordinatorOptions options, TimeProvider time, Lock gate)
    {
        (Id, _options, _time, _gate) = (id, options, time, gate);
        _phase = time.CreateTimer(_ => Locked(PhaseEnded), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        EmptySince = time.GetTimestamp();
    }

    public string Id { get; }

    public GroupState State { get; private set; }

    public int Generation { get; private set; }

    public string? ProtocolType { get; private set; }

    public string? ProtocolName { get; private set; }

    /// <summary>Since when it has had no members, as a timestamp of the clock.</summary>
    public long EmptySince { get; private set; }

    public GroupOffsets Offsets { get; } = new();

    public bool HasMembers => _members.Count + _announced.Count > 0;

    public KafkaError Heartbeat(GroupHeartbeat request)
    {
        if (Check(request.MemberId, request.InstanceId) is var error and not KafkaError.None) return error;
        if (request.Generation != Generation) return KafkaError.IllegalGeneration;
        Touch(_members[request.MemberId]);
        return State == GroupState.PreparingRebalance ? KafkaError.RebalanceInProgress : KafkaError.None;
    }

    /// <summary>Whether this caller may commit offsets now.</summary>
    /// <param name="generation">As in <see cref="CommitOffsets"/>.</param>
    /// <param name="memberId">As in <see cref="CommitOffsets"/>.</param>
    /// <param name="instanceId">As in <see cref="CommitOffsets"/>.</param>
    /// <param name="transactional">As part of a transaction, whose producer need not be a member.</param>
    public KafkaError CheckCommit(int generation, string memberId, string? instanceId, bool transactional)
    {
        if (generation < 0 && memberId.Length == 0 && instanceId is null && (transactional || State == GroupState.Empty)) return KafkaError.None;
        if (Check(memberId, instanceId) is var error and not KafkaError.None) return error;
        if (generation != Generation) return KafkaError.IllegalGeneration;
        if (State == GroupState.CompletingRebalance && !transactional) return KafkaError.RebalanceInProgress;
        Touch(_members[memberId]);
        return KafkaError.None;
    }

    public DescribeGroupAnswer Describe()
    {
        var members = _members.Values.Select(m => new DescribedMember(m.Id, m.Request.InstanceId, m.Request.ClientId, m.Request.ClientHost)
        {
            Metadata = State == GroupState.Stable ? m.MetadataOf(ProtocolName) : default,
            Assignment = State == GroupState.Stable ? m.Assignment : default,
        });
        return new DescribeGroupAnswer(KafkaError.None, Id, State.ToString(), [.. members])
        {
            ProtocolType = ProtocolType ?? "",
            ProtocolName = State == GroupState.Stable ? ProtocolName ?? "" : "",
        };
    }

    /// <summary>The group is forgotten; whoever still waits is told so.</summary>
    public void Dispose()
    {
        State = GroupState.Dead;
        _phase.Dispose();
        foreach (var timer in _announced.Values) timer.Dispose();
        foreach (var member in _members.Values) member.Dispose();
        _announced.Clear();
        _members.Clear();
        _instances.Clear();
    }

    private KafkaError Check(string memberId, string? instanceId)
    {
        if (State == GroupState.Dead) return KafkaError.CoordinatorNotAvailable;
        if (instanceId is not null)
        {
            if (!_instances.TryGetValue(instanceId, out var member)) return KafkaError.UnknownMemberId;
            if (member.Id != memberId) return KafkaError.FencedInstanceId;
        }
        return _members.ContainsKey(memberId) ? KafkaError.None : KafkaError.UnknownMemberId;
    }

    private void Touch(GroupMember member) => member.SeenAt = _time.GetTimestamp();

    private void Locked(Action action)
    {
        lock (_gate)
        {
            if (State != GroupState.Dead) action();
        }
    }
}
