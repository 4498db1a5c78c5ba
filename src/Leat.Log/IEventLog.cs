using Leat.Core;

namespace Leat.Log;

/// <summary>An append-only, partitioned, durable log of records. Embedded, or Kafka; every implementation passes EventLogContract.</summary>
public interface IEventLog : IAsyncDisposable
{
    /// <summary>Creates the topic; returns the existing one when its partition count is the same.</summary>
    /// <exception cref="LeatException">LEAT2002 invalid name; LEAT2003 exists with other settings.</exception>
    ValueTask<TopicInfo> CreateTopicAsync(string topic, TopicOptions options, CancellationToken ct);

    /// <summary>All topics, by name.</summary>
    ValueTask<IReadOnlyList<TopicInfo>> ListTopicsAsync(CancellationToken ct);

    /// <summary>The topic, or null.</summary>
    ValueTask<TopicInfo?> FindTopicAsync(string topic, CancellationToken ct);

    /// <summary>First offset kept, end of what readers may see, time of the newest record.</summary>
    ValueTask<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct);

    /// <summary>Appends the records as one batch: all or none. Completes when they are as durable as the topic's policy promises.</summary>
    /// <param name="partition">Where to.</param>
    /// <param name="records">At least one record; the caller may reuse it after completion.</param>
    /// <param name="idempotencyKey">When given, a second append with the same key to the same partition stores nothing and returns the first result. Kept in the log, so it survives restarts.</param>
    /// <param name="ct">Cancels waiting, not the write: after a cancel the records may or may not be stored.</param>
    /// <exception cref="LeatException">LEAT2001 unknown topic; LEAT2010 disk full (retry); LEAT2011 partition stopped after a failed fsync; LEAT2012 batch too large.</exception>
    ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct);

    /// <summary>Sequential reader of one partition; sees durable records only.</summary>
    ILogReader OpenReader(TopicPartition partition, long fromOffset);

    /// <summary>First offset whose record time is at or after <paramref name="timestampMs"/>; the end offset when there is none.</summary>
    ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestampMs, CancellationToken ct);
}
