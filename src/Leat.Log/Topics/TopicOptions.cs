namespace Leat.Log;

/// <summary>Settings of a topic. In brackets the name of the same setting in Kafka.</summary>
public sealed record TopicOptions
{
    /// <summary>Partitions, 1 to 1,024. Default 1. Can grow, never shrink.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>When an append counts as durable. Default <see cref="Durability.Fsync"/>.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>Size at which a segment is sealed, 64 KB to 1 GB [segment.bytes]. Default 128 MB.</summary>
    public long SegmentBytes { get; init; } = 128L << 20;

    /// <summary>Age at which a segment is sealed, counted from its first record, 1 s or more [segment.ms]. Default 7 days.</summary>
    public TimeSpan SegmentAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What happens to old records [cleanup.policy]. Default <see cref="CleanupPolicy.Delete"/>.</summary>
    public CleanupPolicy Cleanup { get; init; } = CleanupPolicy.Delete;

    /// <summary>How long records are kept after the newest of their segment [retention.ms]; null = for ever, which is the default.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Bytes kept a partition, in whole segments [retention.bytes]; null = all, which is the default.</summary>
    public long? RetentionBytes { get; init; }

    /// <summary>How long a tombstone stays after compaction reached it [delete.retention.ms]. Default 1 day.</summary>
    public TimeSpan TombstoneRetention { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Part of a compacted partition that may be uncompacted before it is compacted again, 0 to 1 [min.cleanable.dirty.ratio]. Default 0.5.</summary>
    public double DirtyRatio { get; init; } = 0.5;

    /// <summary>How batches are packed by the log; null = as the producer packed them, which is the default [compression.type].</summary>
    public Compression? Compression { get; init; }

    /// <summary>Largest batch, 1 KB to the log's limit [max.message.bytes]; null = the log's limit, which is the default.</summary>
    public int? MaxBatchBytes { get; init; }

    /// <summary>Which time records carry [message.timestamp.type]. Default <see cref="RecordTime.Created"/>.</summary>
    public RecordTime RecordTime { get; init; } = RecordTime.Created;
}
