using Leat.Core;

namespace Leat.Log;

/// <summary>The membership of a consumer in this process: joins, keeps its session alive, knows when it has to join again.</summary>
internal sealed class GroupMembership : IAsyncDisposable
{
    private const int MostAttempts = 100;
    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StableRetry = TimeSpan.FromMilliseconds(50);

    /// <summary>Without a read for so long the member lets its session end, so that others get its partitions [max.poll.interval.ms].</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);

    private readonly GroupScene _scene;
    private readonly GroupOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _heartbeat;
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSignal();
    private Dictionary<string, int>? _assigned;
    private volatile LeatException? _fatal;
    private volatile string _memberId = "";
    private volatile int _generation = -1;
    private volatile bool _mustJoin = true;
    private volatile bool _joining;
    private long _readAt;

    public GroupMembership(GroupScene scene, GroupOptions options)
    {
        (_scene, _options) = (scene, options);
        var interval = options.SessionTimeout / 3;
        if (interval > LongestHeartbeat) interval = LongestHeartbeat;
        _heartbeat = scene.Time.CreateTimer(_ => Heartbeat(), null, interval, interval);
    }

    /// <summary>The partitions held are no longer safe: give them up and join.</summary>
    public bool MustJoin => _mustJoin;

    /// <summary>Why the member can never read again; null while it can.</summary>
    public LeatException? Fatal => _fatal;

    /// <summary>Completes when <see cref="MustJoin"/> or <see cref="Fatal"/> changed.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate) return _mustJoin || _fatal is not null ? Task.CompletedTask : _changed.Task;
        }
    }

    /// <summary>The caller is alive.</summary>
    public void NoteRead() => Interlocked.Exchange(ref _readAt, _scene.Time.GetTimestamp());

    /// <summary>Takes part in a rebalance until it has a share.</summary>
    public async Task<GroupShare> JoinAsync()
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            _joining = true;
            var join = await _scene.Coordinator.JoinAsync(JoinRequest(), _stop.Token).ConfigureAwait(false);
            if (join.Error == KafkaError.MemberIdRequired) _memberId = join.MemberId;
            if (!Understood(join.Error)) continue;
            (_memberId, _generation) = (join.MemberId, join.Generation);
            // A rebalance that begins before this line makes the sync fail; one after it is seen.
            _mustJoin = false;
            var sync = await _scene.Coordinator.SyncAsync(SyncRequest(join), _stop.Token).ConfigureAwait(false);
            if (!Understood(sync.Error)) continue;
            _joining = false;
            if (await BeginningsAsync(ConsumerProtocol.PartitionsOf(sync.Assignment)).ConfigureAwait(false) is { } share) return new GroupShare(join.Generation, share);
        }
        throw LogErrors.Coordinator($"group {_options.Group}", KafkaError.RebalanceInProgress);
    }

    /// <summary>Commits as a member.</summary>
    public ValueTask<CommitAnswer> CommitAsync(IReadOnlyList<OffsetToCommit> offsets, CancellationToken ct) =>
        _scene.Coordinator.CommitAsync(new CommitOffsets(_options.Group, _generation, _memberId, offsets) { InstanceId = _options.InstanceId }, ct);

    /// <summary>Leaves the group, unless it is a static member, whose place is kept until its session ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        if (_options.InstanceId is null && _memberId.Length > 0 && _fatal is null)
        {
            _ = await _scene.Coordinator.LeaveAsync(new LeaveGroup(_options.Group, [new LeavingMember(_memberId)]), CancellationToken.None).ConfigureAwait(false);
        }
        _stop.Dispose();
    }

    /// <summary>Ends what is under way; before <see cref="DisposeAsync"/>.</summary>
    public Task CancelJoinAsync() => _stop.CancelAsync();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JoinGroup JoinRequest() => new(_options.Group, _memberId, ConsumerProtocol.Type, [new GroupProtocol(RangeAssignor.Name, ConsumerProtocol.Subscription(_options.Topics))])
    {
        InstanceId = _options.InstanceId,
        ClientId = "leat",
        ClientHost = "in-process",
        SessionTimeout = _options.SessionTimeout,
        RebalanceTimeout = LongestSilence,
        RequireMemberId = true,
        RejoinNeeded = AskToJoin,
    };

    private SyncGroup SyncRequest(JoinAnswer join)
    {
        var isLeader = join.Leader == join.MemberId && join.Members.Count > 0;
        var topics = isLeader ? Counted(join.Members.SelectMany(m => ConsumerProtocol.TopicsOf(m.Metadata))) : null;
        lock (_gate) _assigned = topics;
        return new SyncGroup(_options.Group, join.Generation, join.MemberId, topics is null ? [] : RangeAssignor.Assign(join.Members, t => topics[t])) { InstanceId = _options.InstanceId };
    }

    private Dictionary<string, int> Counted(IEnumerable<string> topics) => topics.Distinct(StringComparer.Ordinal).ToDictionary(t => t, t => _scene.Batches.Find(t)?.Partitions ?? 0, StringComparer.Ordinal);

    /// <summary>False when the call has to be made again; what cannot be helped is thrown.</summary>
    private bool Understood(KafkaError error)
    {
        switch (error)
        {
            case KafkaError.None:
                return true;
            case KafkaError.UnknownMemberId:
                _memberId = "";
                return false;
            case KafkaError.MemberIdRequired or KafkaError.RebalanceInProgress or KafkaError.IllegalGeneration:
                return false;
            case KafkaError.FencedInstanceId:
                throw Fenced();
            default:
                throw LogErrors.Coordinator($"group {_options.Group}", error);
        }
    }

    /// <summary>Where to begin in each partition; waits while an open transaction may still change an offset. Null when the members are collected anew meanwhile.</summary>
    private async Task<List<(TopicPartition Partition, long From)>?> BeginningsAsync(IReadOnlyList<TopicPartition> partitions)
    {
        while (true)
        {
            if (_mustJoin) return null;
            var fetched = await _scene.Coordinator.FetchAsync(new FetchOffsets(_options.Group, partitions, RequireStable: true), _stop.Token).ConfigureAwait(false);
            if (fetched.Offsets.All(o => o.Error == KafkaError.None))
            {
                var beginnings = new List<(TopicPartition, long)>(partitions.Count);
                foreach (var offset in fetched.Offsets.Where(o => Exists(o.Partition))) beginnings.Add((offset.Partition, offset.Offset >= 0 ? offset.Offset : await DefaultAsync(offset.Partition).ConfigureAwait(false)));
                return beginnings;
            }
            await Task.Delay(StableRetry, _scene.Time, _stop.Token).ConfigureAwait(false);
        }
    }

    private async ValueTask<long> DefaultAsync(TopicPartition partition)
    {
        var info = await _scene.Log.DescribeAsync(partition, _stop.Token).ConfigureAwait(false);
        return _options.FromStart ? info.StartOffset : info.EndOffsetExcl;
    }

    private bool Exists(TopicPartition partition) => _scene.Batches.Find(partition.Topic) is { } topic && partition.Partition < topic.Partitions;

    private void Heartbeat()
    {
        if (_memberId.Length == 0 || _joining || _fatal is not null || _scene.Time.GetElapsedTime(Interlocked.Read(ref _readAt)) > LongestSilence) return;
        switch (_scene.Coordinator.Heartbeat(new GroupHeartbeat(_options.Group, _generation, _memberId, _options.InstanceId)))
        {
            case KafkaError.None:
                if (TopicsChanged()) AskToJoin();
                break;
            case KafkaError.FencedInstanceId:
                _ = Fenced();
                break;
            default:
                AskToJoin();
                break;
        }
    }

    /// <summary>The leader looks after topics that grew, came or went.</summary>
    private bool TopicsChanged()
    {
        Dictionary<string, int>? assigned;
        lock (_gate) assigned = _assigned;
        return assigned is not null && assigned.Any(t => (_scene.Batches.Find(t.Key)?.Partitions ?? 0) != t.Value);
    }

    private void AskToJoin()
    {
        lock (_gate)
        {
            _mustJoin = true;
            _ = _changed.TrySetResult();
            _changed = NewSignal();
        }
    }

    private LeatException Fenced()
    {
        var error = LogErrors.InstanceTaken(_options.Group, _options.InstanceId ?? _memberId);
        lock (_gate)
        {
            _fatal = error;
            _ = _changed.TrySetResult();
        }
        return error;
    }
}
