using Leat.Core;
using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>Consumer groups: membership and committed offsets. One method per call of the Kafka protocol; knows nothing of bytes on the wire. Any thread may call.</summary>
internal sealed partial class GroupCoordinator : IAsyncDisposable
{
    /// <summary>The log's own topic with the offsets.</summary>
    public const string TopicName = "__consumer_offsets";

    private readonly IBatchLog _batches;
    private readonly GroupCoordinatorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StateTopic _state;
    private readonly BackgroundWork _background;
    private readonly ITimer _sweeps;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ConsumerGroup> _groups = new(StringComparer.Ordinal);

    public GroupCoordinator(IEventLog log, IBatchLog batches, EmbeddedLogParts parts)
    {
        (_batches, _options, _time, _logger) = (batches, parts.Options.Groups, parts.Time, parts.Logger);
        _state = new StateTopic(log, TopicName, parts.Options.MaxBatchBytes, parts.Time);
        _background = new BackgroundWork(parts.Logger);
        _sweeps = _time.CreateTimer(_ => _background.Start("forgetting unused groups", SweepAsync), null, SweepEvery, SweepEvery);
    }

    /// <summary>Completes when the offsets were read; fails when they cannot be.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Reads the offsets that were kept; calls wait for it.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        try
        {
            await _state.LoadAsync(Load, ct).ConfigureAwait(false);
            lock (_gate)
            {
                foreach (var group in _groups.Values.ToList()) DropIfUnused(group);
            }
            _ = _loaded.TrySetResult();
            await ForgetMissingTopicsAsync(ct).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _ = _loaded.TrySetException(e);
            throw;
        }
    }

    /// <summary>Takes a member in. Answers when the rebalance it causes has all members, so it may take as long as their rebalance timeout.</summary>
    /// <param name="request">Who joins.</param>
    /// <param name="ct">The caller is gone: the member stays until its session ends.</param>
    public async ValueTask<JoinAnswer> JoinAsync(JoinGroup request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        if (request.Group.Length == 0) return new JoinAnswer(KafkaError.InvalidGroupId, request.MemberId);
        if (request.SessionTimeout < _options.MinSessionTimeout || request.SessionTimeout > _options.MaxSessionTimeout) return new JoinAnswer(KafkaError.InvalidSessionTimeout, request.MemberId);
        Task<JoinAnswer> answer;
        lock (_gate) answer = Join(request);
        try
        {
            return await answer.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_gate) Find(request.Group)?.Abandon(answer);
            throw;
        }
    }

    /// <summary>Hands out the leader's assignments. Answers when the leader has spoken.</summary>
    public async ValueTask<SyncAnswer> SyncAsync(SyncGroup request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        Task<SyncAnswer> answer;
        lock (_gate) answer = Find(request.Group)?.Sync(request) ?? Task.FromResult(new SyncAnswer(NoGroup(request.Group)));
        return await answer.WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Keeps the member's session alive; says whether it has to join again.</summary>
    public async ValueTask<KafkaError> HeartbeatAsync(GroupHeartbeat request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        return Heartbeat(request);
    }

    /// <summary>As <see cref="HeartbeatAsync"/>, for members in this process, which could not have joined before offsets were read.</summary>
    public KafkaError Heartbeat(GroupHeartbeat request)
    {
        lock (_gate) return Find(request.Group)?.Heartbeat(request) ?? NoGroup(request.Group);
    }

    /// <summary>Takes members out.</summary>
    public async ValueTask<LeaveAnswer> LeaveAsync(LeaveGroup request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        if (request.Group.Length == 0) return new LeaveAnswer(KafkaError.InvalidGroupId, []);
        lock (_gate)
        {
            var group = Find(request.Group);
            return new LeaveAnswer(KafkaError.None, [.. request.Members.Select(m => new LeftMember(m.MemberId, m.InstanceId, group?.Leave(m) ?? KafkaError.UnknownMemberId))]);
        }
    }

    /// <summary>The group with its members.</summary>
    public async ValueTask<DescribeGroupAnswer> DescribeAsync(string group, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        lock (_gate) return Find(group)?.Describe() ?? new DescribeGroupAnswer(KafkaError.None, group, nameof(GroupState.Dead), []);
    }

    /// <summary>All groups by id; all states, or those named.</summary>
    public async ValueTask<IReadOnlyList<ListedGroup>> ListAsync(IReadOnlyCollection<string> states, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        lock (_gate)
        {
            var groups = _groups.Values.Where(g => states.Count == 0 || states.Contains(g.State.ToString(), StringComparer.OrdinalIgnoreCase));
            return [.. groups.OrderBy(g => g.Id, StringComparer.Ordinal).Select(g => new ListedGroup(g.Id, g.ProtocolType ?? "", g.State.ToString()))];
        }
    }

    /// <summary>Writes what is under way and ends; waiting joins are answered.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sweeps.DisposeAsync().ConfigureAwait(false);
        _ = _loaded.TrySetException(new ObjectDisposedException(nameof(GroupCoordinator)));
        await _background.DisposeAsync().ConfigureAwait(false);
        await _state.DisposeAsync().ConfigureAwait(false);
        lock (_gate)
        {
            foreach (var group in _groups.Values) group.Dispose();
            _groups.Clear();
        }
    }

    private static KafkaError NoGroup(string group) => group.Length == 0 ? KafkaError.InvalidGroupId : KafkaError.UnknownMemberId;

    private Task<JoinAnswer> Join(JoinGroup request)
    {
        var group = request.MemberId.Length == 0 ? FindOrAdd(request.Group) : Find(request.Group);
        return group?.Join(request) ?? Task.FromResult(new JoinAnswer(KafkaError.UnknownMemberId, request.MemberId));
    }

    private ConsumerGroup? Find(string group) => _groups.GetValueOrDefault(group);

    private ConsumerGroup FindOrAdd(string id)
    {
        if (!_groups.TryGetValue(id, out var group)) _groups[id] = group = new ConsumerGroup(id, _options, _time, _gate);
        return group;
    }

    private void Load(StateReader key, StateReader? value)
    {
        lock (_gate) OffsetsCodec.Apply(key, value, id => FindOrAdd(id).Offsets);
    }
}
