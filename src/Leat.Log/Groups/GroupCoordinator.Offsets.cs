using System.Text;
using Leat.Core;

namespace Leat.Log;

internal sealed partial class GroupCoordinator
{
    private const int OffsetsAtATime = 500;

    /// <summary>Keeps offsets; durable before it answers.</summary>
    public async ValueTask<CommitAnswer> CommitAsync(CommitOffsets request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        var answer = All(request.Offsets, KafkaError.InvalidGroupId);
        if (request.Group.Length == 0) return answer;
        try
        {
            await _state.WriteAsync(() => PrepareCommit(request, out answer), ct).ConfigureAwait(false);
            return answer;
        }
        catch (LeatException e)
        {
            return All(request.Offsets, StateErrors.Of(e)) with { Failure = e };
        }
    }

    /// <summary>Keeps offsets that count when the producer's transaction commits. The caller sees to it that the transaction is open and stays so.</summary>
    public async ValueTask<CommitAnswer> StageAsync(CommitTransactionOffsets request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        var answer = All(request.Offsets, KafkaError.InvalidGroupId);
        if (request.Group.Length == 0) return answer;
        await _state.WriteAsync(() => PrepareStage(request, out answer), ct).ConfigureAwait(false);
        return answer;
    }

    /// <summary>The producer's transaction is decided: its offsets of the group count from now on, or are dropped. May be repeated.</summary>
    public async ValueTask EndTransactionAsync(long producerId, string group, bool commit, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        var more = true;
        while (more) await _state.WriteAsync(() => PrepareEnd(producerId, group, commit, out more), ct).ConfigureAwait(false);
    }

    /// <summary>Committed offsets of a group.</summary>
    public async ValueTask<FetchOffsetsAnswer> FetchAsync(FetchOffsets request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        if (request.Group.Length == 0) return new FetchOffsetsAnswer(KafkaError.InvalidGroupId, []);
        lock (_gate)
        {
            var offsets = Find(request.Group)?.Offsets ?? new GroupOffsets();
            var partitions = request.Partitions ?? [.. (request.RequireStable ? offsets.Partitions : offsets.Committed.Keys).OrderBy(p => p.Topic, StringComparer.Ordinal).ThenBy(p => p.Partition)];
            return new FetchOffsetsAnswer(KafkaError.None, [.. partitions.Select(p => Fetch(offsets, p, request.RequireStable))]);
        }
    }

    private static FetchedOffset Fetch(GroupOffsets offsets, TopicPartition partition, bool stable)
    {
        if (stable && offsets.IsUnstable(partition)) return new FetchedOffset(partition, -1, Error: KafkaError.UnstableOffsetCommit);
        return offsets.Committed.TryGetValue(partition, out var found) ? new FetchedOffset(partition, found.Offset, found.LeaderEpoch, found.Metadata) : new FetchedOffset(partition, -1);
    }

    private static CommitAnswer All(IReadOnlyList<OffsetToCommit> offsets, KafkaError error) => new(error, [.. offsets.Select(o => new PartitionAnswer(o.Partition, error))]);

    private StateChange? PrepareCommit(CommitOffsets request, out CommitAnswer answer)
    {
        lock (_gate)
        {
            var group = request.Generation < 0 ? FindOrAdd(request.Group) : Find(request.Group);
            var error = group?.CheckCommit(request.Generation, request.MemberId, request.InstanceId, transactional: false) ?? KafkaError.IllegalGeneration;
            answer = Judge(request.Offsets, error, out var accepted);
            if (accepted.Count == 0) return null;
            return new StateChange([.. accepted.Select(o => OffsetsCodec.Committed(request.Group, o.Partition, Kept(o)))], () => Apply(request.Group, offsets =>
            {
                foreach (var offset in accepted) offsets.Commit(offset.Partition, Kept(offset));
            }));
        }
    }

    private StateChange? PrepareStage(CommitTransactionOffsets request, out CommitAnswer answer)
    {
        lock (_gate)
        {
            var error = FindOrAdd(request.Group).CheckCommit(request.Generation, request.MemberId, request.InstanceId, transactional: true);
            answer = Judge(request.Offsets, error, out var accepted);
            if (accepted.Count == 0) return null;
            return new StateChange([.. accepted.Select(o => OffsetsCodec.Pending(request.ProducerId, request.Group, o.Partition, Kept(o)))], () => Apply(request.Group, offsets =>
            {
                foreach (var offset in accepted) offsets.Stage(request.ProducerId, offset.Partition, Kept(offset));
            }));
        }
    }

    /// <summary>A pending offset leaves and the committed one comes in the same batch, so a crash between is impossible.</summary>
    private StateChange? PrepareEnd(long producerId, string group, bool commit, out bool more)
    {
        lock (_gate)
        {
            var pending = Find(group)?.Offsets.PendingOf(producerId) ?? new Dictionary<TopicPartition, CommittedOffset>();
            var ended = pending.Take(OffsetsAtATime).ToList();
            more = pending.Count > ended.Count;
            if (ended.Count == 0) return null;
            var records = ended.Select(o => OffsetsCodec.Pending(producerId, group, o.Key, null));
            if (commit) records = records.Concat(ended.Select(o => OffsetsCodec.Committed(group, o.Key, o.Value)));
            return new StateChange([.. records], () => Apply(group, offsets =>
            {
                foreach (var (partition, offset) in ended)
                {
                    offsets.Unstage(producerId, partition);
                    if (commit) offsets.Commit(partition, offset);
                }
            }));
        }
    }

    private CommitAnswer Judge(IReadOnlyList<OffsetToCommit> offsets, KafkaError error, out List<OffsetToCommit> accepted)
    {
        accepted = [];
        if (error != KafkaError.None) return All(offsets, error);
        var answers = new List<PartitionAnswer>(offsets.Count);
        foreach (var offset in offsets)
        {
            var problem = ProblemOf(offset);
            answers.Add(new PartitionAnswer(offset.Partition, problem));
            if (problem == KafkaError.None) accepted.Add(offset);
        }
        return new CommitAnswer(KafkaError.None, answers);
    }

    private KafkaError ProblemOf(OffsetToCommit offset)
    {
        if (_batches.Find(offset.Partition.Topic) is not { } topic || offset.Partition.Partition < 0 || offset.Partition.Partition >= topic.Partitions) return KafkaError.UnknownTopicOrPartition;
        return Encoding.UTF8.GetByteCount(offset.Metadata) > _options.MaxMetadataBytes ? KafkaError.OffsetMetadataTooLarge : KafkaError.None;
    }

    private static CommittedOffset Kept(OffsetToCommit offset) => new(offset.Offset, offset.LeaderEpoch, offset.Metadata);

    private void Apply(string group, Action<GroupOffsets> change)
    {
        lock (_gate)
        {
            var offsets = FindOrAdd(group).Offsets;
            change(offsets);
            offsets.ChangedAt = _time.GetTimestamp();
        }
    }
}
