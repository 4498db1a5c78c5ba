namespace Leat.Log;

internal sealed partial class ConsumerGroup
{
    /// <summary>Takes the member in, or lets it in again. The answer may wait for the others.</summary>
    public Task<JoinAnswer> Join(JoinGroup request)
    {
        if (State == GroupState.Dead) return Refuse(request, KafkaError.CoordinatorNotAvailable);
        if (request.ProtocolType.Length == 0 || request.Protocols.Count == 0 || !Supports(request)) return Refuse(request, KafkaError.InconsistentGroupProtocol);
        if (request.MemberId.Length == 0) return JoinNew(request);
        if (_announced.Remove(request.MemberId, out var timer))
        {
            timer.Dispose();
            return Add(request.MemberId, request);
        }
        return Check(request.MemberId, request.InstanceId) is var error and not KafkaError.None ? Refuse(request, error) : JoinAgain(_members[request.MemberId], request);
    }

    /// <summary>The caller of the join is gone: the member no longer waits, and its session runs.</summary>
    public void Abandon(Task<JoinAnswer> join)
    {
        if (_members.Values.FirstOrDefault(m => m.Joining?.Task == join) is not { } member) return;
        member.AnswerJoin(new JoinAnswer(KafkaError.RebalanceInProgress, member.Id));
        Touch(member);
    }

    private static Task<JoinAnswer> Refuse(JoinGroup request, KafkaError error) => Task.FromResult(new JoinAnswer(error, request.MemberId));

    private static string NewId(JoinGroup request) => $"{request.InstanceId ?? request.ClientId}-{Guid.NewGuid()}";

    /// <summary>Whether all the other members know one of the protocols.</summary>
    private bool Supports(JoinGroup request)
    {
        var others = _members.Values.Where(m => m.Id != request.MemberId && (request.InstanceId is null || m.Request.InstanceId != request.InstanceId)).ToList();
        return others.Count == 0
            || (others[0].Request.ProtocolType == request.ProtocolType && request.Protocols.Any(p => others.TrueForAll(m => m.Request.Protocols.Any(o => o.Name == p.Name))));
    }

    private Task<JoinAnswer> JoinNew(JoinGroup request)
    {
        if (request.InstanceId is { } instance && _instances.TryGetValue(instance, out var known)) return Replace(known, request);
        if (_members.Count + _announced.Count >= _options.MaxMembers) return Refuse(request, KafkaError.GroupMaxSizeReached);
        if (!request.RequireMemberId || request.InstanceId is not null) return Add(NewId(request), request);
        var id = NewId(request);
        _announced[id] = _time.CreateTimer(_ => Locked(() => NeverJoined(id)), null, request.SessionTimeout, Timeout.InfiniteTimeSpan);
        return Task.FromResult(new JoinAnswer(KafkaError.MemberIdRequired, id));
    }

    private Task<JoinAnswer> Add(string id, JoinGroup request)
    {
        var member = new GroupMember(id, request);
        _members[id] = member;
        if (request.InstanceId is { } instance) _instances[instance] = member;
        _leader ??= id;
        StartSession(member);
        _grown = true;
        return Wait(member);
    }

    private Task<JoinAnswer> JoinAgain(GroupMember member, JoinGroup request)
    {
        var same = member.SaysTheSame(request.Protocols);
        var answerIsEnough = same && (State == GroupState.CompletingRebalance || (State == GroupState.Stable && member.Id != _leader));
        member.Request = request;
        Touch(member);
        _ = member.Session?.Change(request.SessionTimeout, Timeout.InfiniteTimeSpan);
        return answerIsEnough ? Task.FromResult(Welcome(member)) : Wait(member);
    }

    /// <summary>A static member came back under its instance id: the old one is fenced; nobody rebalances when it wants the same as before.</summary>
    private Task<JoinAnswer> Replace(GroupMember member, JoinGroup request)
    {
        var oldId = member.Id;
        member.AnswerJoin(new JoinAnswer(KafkaError.FencedInstanceId, oldId));
        member.AnswerSync(new SyncAnswer(KafkaError.FencedInstanceId));
        _ = _members.Remove(oldId);
        member.Id = NewId(request);
        _members[member.Id] = member;
        var wasLeader = _leader == oldId;
        if (wasLeader) _leader = member.Id;
        var before = member.MetadataOf(ProtocolName);
        member.Request = request;
        Touch(member);
        _ = member.Session?.Change(request.SessionTimeout, Timeout.InfiniteTimeSpan);
        if (State != GroupState.Stable || SelectProtocol() != ProtocolName || !before.Span.SequenceEqual(member.MetadataOf(ProtocolName).Span)) return Wait(member);
        // A leader is told its old id, so that it does not assign again: clients of this version have no other way to know.
        return Task.FromResult(Welcome(member) with { Leader = wasLeader ? oldId : _leader!, Members = [] });
    }

    private Task<JoinAnswer> Wait(GroupMember member)
    {
        var answer = member.WaitForOthers();
        if (State == GroupState.PreparingRebalance) CompleteWhenAllJoined();
        else PrepareRebalance();
        return answer;
    }

    /// <summary>The answer to a member of the present generation.</summary>
    private JoinAnswer Welcome(GroupMember member) => new(KafkaError.None, member.Id)
    {
        Generation = Generation,
        ProtocolType = ProtocolType,
        ProtocolName = ProtocolName,
        Leader = _leader ?? "",
        Members = member.Id == _leader ? [.. _members.Values.Select(m => new JoinedMember(m.Id, m.Request.InstanceId, m.MetadataOf(ProtocolName)))] : [],
    };
}
