namespace Leat.Log;

internal sealed partial class ConsumerGroup
{
    /// <summary>Takes a member out.</summary>
    public KafkaError Leave(LeavingMember leaving)
    {
        if (State == GroupState.Dead) return KafkaError.CoordinatorNotAvailable;
        if (leaving.InstanceId is { } instance)
        {
            if (!_instances.TryGetValue(instance, out var known)) return KafkaError.UnknownMemberId;
            if (leaving.MemberId.Length > 0 && leaving.MemberId != known.Id) return KafkaError.FencedInstanceId;
            Remove(known);
            return KafkaError.None;
        }
        if (_announced.ContainsKey(leaving.MemberId))
        {
            NeverJoined(leaving.MemberId);
            return KafkaError.None;
        }
        if (!_members.TryGetValue(leaving.MemberId, out var member)) return KafkaError.UnknownMemberId;
        Remove(member);
        return KafkaError.None;
    }

    private void StartSession(GroupMember member)
    {
        Touch(member);
        member.Session = _time.CreateTimer(_ => Locked(() => CheckSession(member)), null, member.Request.SessionTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The timer is not moved at each sign of life; it looks when the last one was.</summary>
    private void CheckSession(GroupMember member)
    {
        if (!_members.TryGetValue(member.Id, out var present) || present != member) return;
        var left = member.Waits ? member.Request.SessionTimeout : member.Request.SessionTimeout - _time.GetElapsedTime(member.SeenAt);
        if (left > TimeSpan.Zero) _ = member.Session?.Change(left, Timeout.InfiniteTimeSpan);
        else Remove(member);
    }

    private void NeverJoined(string id)
    {
        if (!_announced.Remove(id, out var timer)) return;
        timer.Dispose();
        CompleteWhenAllJoined();
    }

    private void Remove(GroupMember member)
    {
        Forget(member);
        if (State is GroupState.Stable or GroupState.CompletingRebalance) PrepareRebalance();
        else CompleteWhenAllJoined();
    }

    private void Forget(GroupMember member)
    {
        _ = _members.Remove(member.Id);
        if (member.Request.InstanceId is { } instance) _ = _instances.Remove(instance);
        if (_leader == member.Id) _leader = _members.Values.FirstOrDefault(m => m.Joining is not null)?.Id ?? _members.Keys.FirstOrDefault();
        member.Dispose();
    }
}
