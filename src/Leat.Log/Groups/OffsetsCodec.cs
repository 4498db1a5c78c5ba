namespace Leat.Log;

/// <summary>How offsets are kept in <c>__consumer_offsets</c>.</summary>
/// <remarks>
/// Key: version 1, kind (1 committed: group, topic, partition; 2 pending: producer id, group, topic, partition).
/// Value: version 1, offset, leader epoch, metadata. Numbers and texts as in <see cref="StateWriter"/>. A key without value is gone.
/// </remarks>
internal static class OffsetsCodec
{
    private const byte Version = 1;
    private const byte CommittedKind = 1;
    private const byte PendingKind = 2;

    public static StateRecord Committed(string group, TopicPartition partition, CommittedOffset? offset) =>
        new(new StateWriter().Byte(Version).Byte(CommittedKind).Text(group).Partition(partition).ToArray(), Value(offset));

    public static StateRecord Pending(long producerId, string group, TopicPartition partition, CommittedOffset? offset) =>
        new(new StateWriter().Byte(Version).Byte(PendingKind).Int64(producerId).Text(group).Partition(partition).ToArray(), Value(offset));

    /// <summary>Takes a record over into the offsets of its group.</summary>
    public static void Apply(StateReader key, StateReader? value, Func<string, GroupOffsets> offsetsOf)
    {
        _ = key.Known(Version, "version of a key");
        long? producer = key.Known(PendingKind, "kind of a key") == PendingKind ? key.Int64() : null;
        var (offsets, partition) = (offsetsOf(key.Text()), key.Partition());
        var offset = value is null ? (CommittedOffset?)null : Read(value);
        if (producer is { } id && offset is { } staged) offsets.Stage(id, partition, staged);
        else if (producer is { } ended) offsets.Unstage(ended, partition);
        else if (offset is { } committed) offsets.Commit(partition, committed);
        else offsets.Remove(partition);
    }

    private static byte[]? Value(CommittedOffset? offset) =>
        offset is { } o ? new StateWriter().Byte(Version).Int64(o.Offset).Int32(o.LeaderEpoch).Text(o.Metadata).ToArray() : null;

    private static CommittedOffset Read(StateReader value)
    {
        _ = value.Known(Version, "version of an offset");
        return new CommittedOffset(value.Int64(), value.Int32(), value.Text());
    }
}
