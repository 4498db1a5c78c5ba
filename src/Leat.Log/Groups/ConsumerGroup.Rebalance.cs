namespace Leat.Log;

internal sealed partial class ConsumerGroup
{
    private bool _collecting;
    private bool _grown;
    private TimeSpan _collectLeft;

    /// <summary>Hands out what the leader assigned. The answer may wait for the leader.</summary>
    public Task<SyncAnswer> Sync(SyncGroup request)
    {
        if (Check(request.MemberId, request.InstanceId) is var error and not KafkaError.None) return Task.FromResult(new SyncAnswer(error));
        if (request.Generation != Generation) return Task.FromResult(new SyncAnswer(KafkaError.IllegalGeneration));
        if ((request.ProtocolType ?? ProtocolType) != ProtocolType || (request.ProtocolName ?? ProtocolName) != ProtocolName) return Task.FromResult(new SyncAnswer(KafkaError.InconsistentGroupProtocol));
        var member = _members[request.MemberId];
        Touch(member);
        if (State == GroupState.PreparingRebalance) return Task.FromResult(new SyncAnswer(KafkaError.RebalanceInProgress));
        member.OwesSync = false;
        if (State == GroupState.Stable) return Task.FromResult(AssignmentOf(member));
        var answer = member.WaitForLeader();
        if (member.Id == _leader) HandOut(request.Assignments);
        return answer;
    }

    private SyncAnswer AssignmentOf(GroupMember member) => new(KafkaError.None, member.Assignment) { ProtocolType = ProtocolType, ProtocolName = ProtocolName };

    private void HandOut(IReadOnlyList<GroupAssignment> assignments)
    {
        var byMember = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var assignment in assignments) byMember[assignment.MemberId] = assignment.Assignment;
        State = GroupState.Stable;
        foreach (var member in _members.Values)
        {
            member.Assignment = byMember.TryGetValue(member.Id, out var assignment) ? assignment.ToArray() : default;
            if (member.Syncing is null) continue;
            Touch(member);
            member.AnswerSync(AssignmentOf(member));
        }
    }

    /// <summary>Collects the members anew. A group that was empty first waits a little for more of them.</summary>
    private void PrepareRebalance()
    {
        var first = State == GroupState.Empty;
        State = GroupState.PreparingRebalance;
        foreach (var member in _members.Values)
        {
            member.OwesSync = false;
            if (member.Joining is null) member.Request.RejoinNeeded?.Invoke();
            if (member.Syncing is null) continue;
            Touch(member);
            member.AnswerSync(new SyncAnswer(KafkaError.RebalanceInProgress));
        }
        _collecting = first && _options.InitialRebalanceDelay > TimeSpan.Zero;
        if (_collecting)
        {
            _grown = false;
            _collectLeft = RebalanceTimeout();
            CollectFurther();
            return;
        }
        StartPhase(RebalanceTimeout());
        CompleteWhenAllJoined();
    }

    private void CollectFurther()
    {
        var step = _collectLeft < _options.InitialRebalanceDelay ? _collectLeft : _options.InitialRebalanceDelay;
        _collectLeft -= step;
        StartPhase(step);
    }

    private void CompleteWhenAllJoined()
    {
        if (_collecting || State != GroupState.PreparingRebalance) return;
        if (_members.Count == 0 || (_announced.Count == 0 && _members.Values.All(m => m.Joining is not null))) CompleteJoin();
    }

    /// <summary>The time of the present phase is up.</summary>
    private void PhaseEnded()
    {
        if (State is GroupState.CompletingRebalance or GroupState.Stable)
        {
            RemoveWhoOwesSync();
            return;
        }
        if (State != GroupState.PreparingRebalance) return;
        if (_collecting && _grown && _collectLeft > TimeSpan.Zero)
        {
            _grown = false;
            CollectFurther();
            return;
        }
        _collecting = false;
        CompleteJoin();
    }

    private void RemoveWhoOwesSync()
    {
        var late = _members.Values.Where(m => m.OwesSync).ToList();
        if (late.Count == 0) return;
        foreach (var member in late) Forget(member);
        PrepareRebalance();
    }

    /// <summary>Begins the next generation with those who joined; dynamic members who did not are out, static ones stay until their session ends.</summary>
    private void CompleteJoin()
    {
        foreach (var member in _members.Values.Where(m => m.Joining is null && m.Request.InstanceId is null).ToList()) Forget(member);
        if (_members.Count == 0)
        {
            BecomeEmpty();
            return;
        }
        var joined = _members.Values.Where(m => m.Joining is not null).ToList();
        if (joined.Count == 0)
        {
            StartPhase(RebalanceTimeout());
            return;
        }
        if (_leader is null || _members[_leader].Joining is null) _leader = joined[0].Id;
        Generation++;
        ProtocolType = joined[0].Request.ProtocolType;
        ProtocolName = SelectProtocol();
        State = GroupState.CompletingRebalance;
        StartPhase(RebalanceTimeout());
        foreach (var member in joined)
        {
            member.OwesSync = true;
            member.Assignment = default;
            Touch(member);
            member.AnswerJoin(Welcome(member));
        }
    }

    private void BecomeEmpty()
    {
        State = GroupState.Empty;
        Generation++;
        (ProtocolName, _leader, _collecting) = (null, null, false);
        EmptySince = _time.GetTimestamp();
        StartPhase(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Of the protocols all members know, the one most of them like best.</summary>
    private string SelectProtocol()
    {
        var common = _members.Values.Select(m => m.Request.Protocols.Select(p => p.Name)).Aggregate((a, b) => a.Intersect(b, StringComparer.Ordinal)).ToList();
        return _members.Values.Select(m => m.Request.Protocols.First(p => common.Contains(p.Name)).Name).GroupBy(n => n).MaxBy(g => g.Count())!.Key;
    }

    private TimeSpan RebalanceTimeout() => _members.Values.Select(m => m.Request.RebalanceTimeout).Append(TimeSpan.FromMilliseconds(1)).Max();

    private void StartPhase(TimeSpan length) => _ = _phase.Change(length, Timeout.InfiniteTimeSpan);
}
