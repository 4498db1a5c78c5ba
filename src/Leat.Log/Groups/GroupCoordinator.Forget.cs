using Leat.Core;

namespace Leat.Log;

internal sealed partial class GroupCoordinator
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(10);

    /// <summary>Forgets a group without members, durably.</summary>
    public async ValueTask<DeleteGroupAnswer> DeleteAsync(string group, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        var error = group.Length == 0 ? KafkaError.InvalidGroupId : KafkaError.None;
        if (error != KafkaError.None) return new DeleteGroupAnswer(error, group);
        try
        {
            await _state.WriteAsync(() => PrepareDelete(group, out error), ct).ConfigureAwait(false);
            return new DeleteGroupAnswer(error, group);
        }
        catch (LeatException e)
        {
            return new DeleteGroupAnswer(StateErrors.Of(e), group) { Failure = e };
        }
    }

    /// <summary>The topic was deleted: offsets in it count no more.</summary>
    public async ValueTask ForgetTopicAsync(string topic, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        await ForgetAsync(p => p.Topic == topic, ct).ConfigureAwait(false);
    }

    /// <summary>A crash may have come between the end of a topic and that of the offsets in it.</summary>
    private Task ForgetMissingTopicsAsync(CancellationToken ct) => ForgetAsync(p => _batches.Find(p.Topic) is null, ct);

    private async Task ForgetAsync(Func<TopicPartition, bool> which, CancellationToken ct)
    {
        List<string> groups;
        lock (_gate) groups = [.. _groups.Values.Where(g => g.Offsets.Committed.Keys.Any(which)).Select(g => g.Id)];
        foreach (var group in groups) await _state.WriteAsync(() => PrepareForget(group, which), ct).ConfigureAwait(false);
    }

    private StateChange? PrepareDelete(string id, out KafkaError error)
    {
        lock (_gate)
        {
            var group = Find(id);
            error = group is null ? KafkaError.GroupIdNotFound : group.HasMembers ? KafkaError.NonEmptyGroup : KafkaError.None;
            return error == KafkaError.None ? PrepareForget(id, _ => true) : null;
        }
    }

    private StateChange? PrepareForget(string id, Func<TopicPartition, bool> which)
    {
        lock (_gate)
        {
            var gone = Find(id)?.Offsets.Committed.Keys.Where(which).ToList() ?? [];
            return new StateChange([.. gone.Select(p => OffsetsCodec.Committed(id, p, null))], () =>
            {
                lock (_gate)
                {
                    if (Find(id) is not { } group) return;
                    foreach (var partition in gone) group.Offsets.Remove(partition);
                    DropIfUnused(group);
                }
            });
        }
    }

    private void DropIfUnused(ConsumerGroup group)
    {
        if (group.HasMembers || !group.Offsets.IsEmpty) return;
        _ = _groups.Remove(group.Id);
        group.Dispose();
    }

    /// <summary>Forgets offsets of groups that had no members and no commits for the retention, and groups without anything.</summary>
    private async Task SweepAsync(CancellationToken ct)
    {
        List<string> old;
        lock (_gate)
        {
            foreach (var group in _groups.Values.Where(g => Unused(g, SweepEvery)).ToList()) DropIfUnused(group);
            old = [.. _groups.Values.Where(g => Unused(g, _options.OffsetsRetention) && !g.Offsets.HasPending).Select(g => g.Id)];
        }
        foreach (var group in old)
        {
            await _state.WriteAsync(() => PrepareExpiry(group), ct).ConfigureAwait(false);
            _logger.GroupForgotten(group, _options.OffsetsRetention);
        }
    }

    private StateChange? PrepareExpiry(string id)
    {
        lock (_gate) return Find(id) is { } group && Unused(group, _options.OffsetsRetention) ? PrepareForget(id, _ => true) : null;
    }

    private bool Unused(ConsumerGroup group, TimeSpan length) =>
        !group.HasMembers && _time.GetElapsedTime(Math.Max(group.EmptySince, group.Offsets.ChangedAt)) >= length;
}
