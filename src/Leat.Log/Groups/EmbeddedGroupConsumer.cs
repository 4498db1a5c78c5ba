using Leat.Core;

namespace Leat.Log;

/// <summary>A consumer in this process: a member of the same coordinator that Kafka clients use, so both can share a group.</summary>
internal sealed class EmbeddedGroupConsumer : IGroupConsumer
{
    private readonly GroupScene _scene;
    private readonly GroupOptions _options;
    private readonly GroupMembership _membership;
    private readonly AssignedPartitions _held;
    private Task<GroupShare>? _joining;
    private int _disposed;

    public EmbeddedGroupConsumer(GroupScene scene, GroupOptions options)
    {
        (_scene, _options) = (scene, options);
        _membership = new GroupMembership(scene, options);
        _held = new AssignedPartitions(scene, options.FromStart);
    }

    public IReadOnlyCollection<TopicPartition> Assignment => _held.All;

    public Func<IReadOnlyCollection<TopicPartition>, CancellationToken, ValueTask>? OnRevoked { get; set; }

    public Func<IReadOnlyCollection<TopicPartition>, CancellationToken, ValueTask>? OnAssigned { get; set; }

    public async ValueTask<GroupRead?> ReadAsync(int maxBytes, TimeSpan maxWait, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        var begun = _scene.Time.GetTimestamp();
        while (true)
        {
            _membership.NoteRead();
            if (_membership.Fatal is { } fatal) throw fatal;
            if ((_membership.MustJoin || _joining is not null) && !await TryJoinAsync(Left(begun, maxWait), ct).ConfigureAwait(false)) return null;
            if (await _held.TryReadAsync(maxBytes, ct).ConfigureAwait(false) is { } read) return read;
            if (!await WaitAsync(Task.WhenAny(_held.WhenReadable(), _membership.Changed), Left(begun, maxWait), ct).ConfigureAwait(false)) return null;
        }
    }

    public async ValueTask CommitAsync(CancellationToken ct)
    {
        if (_held.Uncommitted() is { Count: > 0 } offsets) await CommitAsync(offsets, ct).ConfigureAwait(false);
    }

    public async ValueTask CommitAsync(IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct)
    {
        if (offsets.Count == 0) return;
        foreach (var offset in offsets)
        {
            if (!_held.Holds(offset.Partition)) throw LogErrors.CommitRefused(_options.Group, $"{offset.Partition} is not assigned to this member");
        }
        await CommitAsync([.. offsets.Select(o => new OffsetToCommit(o.Partition, o.Offset, -1, o.Metadata))], ct).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _membership.CancelJoinAsync().ConfigureAwait(false);
        if (_joining is not null) await ((Task)_joining).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _membership.DisposeAsync().ConfigureAwait(false);
        await _held.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask CommitAsync(IReadOnlyList<OffsetToCommit> offsets, CancellationToken ct)
    {
        var answer = await _membership.CommitAsync(offsets, ct).ConfigureAwait(false);
        if (answer.Failure is { } failure) throw failure;
        foreach (var (offset, error) in offsets.Zip(answer.Partitions, (o, p) => (o, p.Error)))
        {
            switch (error)
            {
                case KafkaError.None:
                    _held.NoteCommitted(offset.Partition, offset.Offset);
                    break;
                case KafkaError.UnknownMemberId or KafkaError.IllegalGeneration or KafkaError.RebalanceInProgress:
                    throw LogErrors.CommitRefused(_options.Group, $"the partitions were given to others meanwhile ({error})");
                case KafkaError.FencedInstanceId:
                    throw LogErrors.InstanceTaken(_options.Group, _options.InstanceId ?? "");
                case KafkaError.OffsetMetadataTooLarge:
                    throw LogErrors.CommitRefused(_options.Group, $"the metadata of {offset.Partition} is too long");
                default:
                    throw LogErrors.Coordinator($"group {_options.Group}, {offset.Partition}", error);
            }
        }
    }

    /// <summary>Gives up what is held, joins, takes over the new share. False when the others did not come in time: the next read goes on waiting.</summary>
    private async ValueTask<bool> TryJoinAsync(TimeSpan left, CancellationToken ct)
    {
        if (_joining is null)
        {
            await RevokeAsync(ct).ConfigureAwait(false);
            _joining = _membership.JoinAsync();
        }
        if (!await WaitAsync(_joining, left, ct).ConfigureAwait(false)) return false;
        var joined = _joining;
        _joining = null;
        await _held.TakeAsync(await joined.ConfigureAwait(false)).ConfigureAwait(false);
        if (OnAssigned is { } assigned && _held.All is { Count: > 0 } all) await assigned(all, ct).ConfigureAwait(false);
        return true;
    }

    private async ValueTask RevokeAsync(CancellationToken ct)
    {
        if (_held.All is not { Count: > 0 } all) return;
        try
        {
            if (OnRevoked is { } revoked) await revoked(all, ct).ConfigureAwait(false);
        }
        finally
        {
            await _held.DisposeAsync().ConfigureAwait(false);
        }
    }

    private TimeSpan Left(long begun, TimeSpan maxWait)
    {
        if (maxWait == Timeout.InfiniteTimeSpan) return maxWait;
        var left = maxWait - _scene.Time.GetElapsedTime(begun);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Whether the task ended in time; how it ended is the caller's to see.</summary>
    private async ValueTask<bool> WaitAsync(Task task, TimeSpan left, CancellationToken ct)
    {
        await task.WaitAsync(left, _scene.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        return task.IsCompleted;
    }
}
