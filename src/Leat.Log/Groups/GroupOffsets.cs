namespace Leat.Log;

/// <summary>Offsets of one group; guarded by the coordinator's lock.</summary>
internal sealed class GroupOffsets
{
    private readonly Dictionary<TopicPartition, CommittedOffset> _committed = [];
    private readonly Dictionary<long, Dictionary<TopicPartition, CommittedOffset>> _pending = [];

    /// <summary>Offsets that count.</summary>
    public IReadOnlyDictionary<TopicPartition, CommittedOffset> Committed => _committed;

    /// <summary>No offsets, and none on the way.</summary>
    public bool IsEmpty => _committed.Count == 0 && _pending.Count == 0;

    public bool HasPending => _pending.Count > 0;

    /// <summary>When offsets last changed, as a timestamp of the clock.</summary>
    public long ChangedAt { get; set; }

    public void Commit(TopicPartition partition, CommittedOffset offset) => _committed[partition] = offset;

    public void Remove(TopicPartition partition) => _committed.Remove(partition);

    /// <summary>Keeps an offset until the producer's transaction ends.</summary>
    public void Stage(long producerId, TopicPartition partition, CommittedOffset offset)
    {
        if (!_pending.TryGetValue(producerId, out var offsets)) _pending[producerId] = offsets = [];
        offsets[partition] = offset;
    }

    public void Unstage(long producerId, TopicPartition partition)
    {
        if (!_pending.TryGetValue(producerId, out var offsets)) return;
        _ = offsets.Remove(partition);
        if (offsets.Count == 0) _ = _pending.Remove(producerId);
    }

    /// <summary>Offsets waiting for the end of the producer's transaction.</summary>
    public IReadOnlyDictionary<TopicPartition, CommittedOffset> PendingOf(long producerId) => _pending.TryGetValue(producerId, out var offsets) ? offsets : [];

    /// <summary>Whether an open transaction may change the offset.</summary>
    public bool IsUnstable(TopicPartition partition) => _pending.Values.Any(p => p.ContainsKey(partition));

    /// <summary>Partitions with an offset, now or after a transaction.</summary>
    public IEnumerable<TopicPartition> Partitions => _committed.Keys.Concat(_pending.Values.SelectMany(p => p.Keys)).Distinct();
}
