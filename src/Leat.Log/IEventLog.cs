using Leat.Core;

namespace Leat.Log;

/// <summary>An append-only, partitioned, durable log of records. Embedded, or Kafka; every implementation passes EventLogContract.</summary>
public interface IEventLog : IAsyncDisposable
{
    /// <summary>Consumer groups: members, committed offsets, lag.</summary>
    IConsumerGroups Groups { get; }

    /// <summary>Creates the topic; returns the existing one when its partition count is the same.</summary>
    /// <exception cref="LeatException">LEAT2002 invalid name; LEAT2003 exists with other settings.</exception>
    ValueTask<TopicInfo> CreateTopicAsync(string topic, TopicOptions options, CancellationToken ct);

    /// <summary>Gives the topic other settings and, when asked for, more partitions. Records stay where they are, so a key may move to another partition from now on.</summary>
    /// <exception cref="LeatException">LEAT2001 unknown topic; LEAT2003 fewer partitions; LEAT2007 a setting is out of range.</exception>
    ValueTask<TopicInfo> ChangeTopicAsync(string topic, TopicOptions options, CancellationToken ct);

    /// <summary>Removes the topic and its records. Readers of it fail with LEAT2001.</summary>
    /// <exception cref="LeatException">LEAT2001 unknown topic; LEAT2048 it belongs to the log.</exception>
    ValueTask DeleteTopicAsync(string topic, CancellationToken ct);

    /// <summary>All topics but the log's own, by name.</summary>
    ValueTask<IReadOnlyList<TopicInfo>> ListTopicsAsync(CancellationToken ct);

    /// <summary>The topic, or null.</summary>
    ValueTask<TopicInfo?> FindTopicAsync(string topic, CancellationToken ct);

    /// <summary>First offset kept, end of what readers may see, time of the newest record.</summary>
    ValueTask<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct);

    /// <summary>Removes all records before <paramref name="beforeOffset"/>: they are not readable from now on, their space is freed in whole segments.</summary>
    /// <param name="partition">Where.</param>
    /// <param name="beforeOffset">First offset kept; -1 = the end, so that nothing is kept.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>First offset kept; larger than asked for when more had been removed before.</returns>
    /// <exception cref="LeatException">LEAT2001 unknown topic; LEAT2020 beyond the end.</exception>
    ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct);

    /// <summary>Appends the records as one batch: all or none. Completes when they are as durable as the topic's policy promises.</summary>
    /// <param name="partition">Where to.</param>
    /// <param name="records">At least one record; the caller may reuse it after completion.</param>
    /// <param name="idempotencyKey">When given, a second append with the same key to the same partition stores nothing and returns the first result. Kept in the log, so it survives restarts.</param>
    /// <param name="ct">Cancels waiting, not the write: after a cancel the records may or may not be stored.</param>
    /// <exception cref="LeatException">LEAT2001 unknown topic; LEAT2010 disk full (retry); LEAT2011 partition stopped after a failed fsync; LEAT2012 batch too large.</exception>
    ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct);

    /// <summary>Sequential reader of one partition; sees durable records only, and of transactions those that were committed (so it waits behind an open one).</summary>
    ILogReader OpenReader(TopicPartition partition, long fromOffset);

    /// <summary>First offset whose record time is at or after <paramref name="timestampMs"/>; the end offset when there is none.</summary>
    ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestampMs, CancellationToken ct);

    /// <summary>A producer whose transactions are all or nothing across partitions and group offsets. Fences an earlier producer of the same id and aborts what it left open.</summary>
    /// <param name="transactionalId">Stable name of the writer, for example job and partition.</param>
    /// <param name="timeout">A transaction open for longer is aborted; 1 s to 15 min.</param>
    /// <param name="ct">Cancels waiting.</param>
    ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct);
}
