using System.Collections.Concurrent;
using Leat.Core;

namespace Leat.Log;

/// <summary>The log on a Kafka cluster, through librdkafka.</summary>
/// <remarks>An append is one Kafka record batch, which the broker stores whole or not at all, acknowledged by all in-sync replicas (acks=all); how often a broker calls fsync is its own affair, so
/// <see cref="Durability"/> of a topic is not kept. Idempotency keys are known to this process only: one process at a time may append keyed records to a partition. A record with time 0 gets the time of sending.</remarks>
public sealed partial class KafkaLog : IEventLog
{
    private readonly KafkaLogClients _clients;
    private readonly KafkaAppender _appender;
    private readonly KafkaOffsets _offsets;
    private readonly KafkaTopics _topics;
    private readonly ConcurrentDictionary<TopicPartition, KafkaKeys> _keys = new();
    private int _disposed;

    private KafkaLog(KafkaLogParts parts)
    {
        _clients = new KafkaLogClients(parts);
        _appender = new KafkaAppender(_clients);
        _offsets = new KafkaOffsets(_clients);
        _topics = new KafkaTopics(_clients);
        Groups = new KafkaGroups(_clients, _offsets, _topics);
    }

    public IConsumerGroups Groups { get; }

    /// <summary>Makes the clients; the cluster is asked at the first use.</summary>
    /// <exception cref="LeatException">LEAT2041 librdkafka is not on this machine; LEAT2049 a setting is wrong.</exception>
    public static KafkaLog Open(KafkaLogParts parts)
    {
        if (!parts.Options.IsSet) throw LogErrors.KafkaSetting($"{KafkaLogOptions.Section}:Bootstrap is not set");
        if (parts.Options.Problem() is { } problem) throw LogErrors.KafkaSetting(problem);
        return new KafkaLog(parts);
    }

    public async ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ThrowIfDisposed();
        await _topics.RequireAsync(partition, ct).ConfigureAwait(false);
        Check(partition, records, idempotencyKey);
        if (idempotencyKey is null) return await AppendOnceAsync(partition, records, null, ct).ConfigureAwait(false);
        var keys = _keys.GetOrAdd(partition, p => new KafkaKeys(_clients, _offsets, p));
        return await keys.OnceAsync(idempotencyKey, () => AppendOnceAsync(partition, records, idempotencyKey, ct), ct).ConfigureAwait(false);
    }

    public ILogReader OpenReader(TopicPartition partition, long fromOffset)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(fromOffset);
        return new KafkaLogReader(_clients, _offsets, partition, fromOffset);
    }

    public async ValueTask<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct)
    {
        ThrowIfDisposed();
        await _topics.RequireAsync(partition, ct).ConfigureAwait(false);
        return await _offsets.DescribeAsync(partition, ct).ConfigureAwait(false);
    }

    public async ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestampMs, CancellationToken ct)
    {
        ThrowIfDisposed();
        await _topics.RequireAsync(partition, ct).ConfigureAwait(false);
        return await _offsets.AtAsync(partition, timestampMs, ct).ConfigureAwait(false);
    }

    public async ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct)
    {
        ThrowIfDisposed();
        return await KafkaTransactionalProducer.OpenAsync(_clients, _topics, transactionalId, timeout, ct).ConfigureAwait(false);
    }

    /// <summary>Sends what was taken, then ends the clients.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _appender.DisposeAsync().ConfigureAwait(false);
        foreach (var keys in _keys.Values) await keys.DisposeAsync().ConfigureAwait(false);
        await _offsets.DisposeAsync().ConfigureAwait(false);
        await _topics.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<AppendResult> AppendOnceAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct)
    {
        var append = new KafkaAppend(partition, records.BeginAppend(idempotencyKey));
        var started = false;
        try
        {
            await _appender.StartAsync(append, ct).ConfigureAwait(false);
            started = true;
            var baseOffset = await append.Done.WaitAsync(ct).ConfigureAwait(false);
            return new AppendResult(baseOffset, append.Count, false);
        }
        catch (LeatException e) when (e.Code == "LEAT2001")
        {
            _topics.Forget(partition.Topic);
            throw;
        }
        finally
        {
            records.EndAppend(stillWriting: started && !append.Done.IsCompleted);
        }
    }

    private void Check(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey)
    {
        var where = partition.ToString();
        var limit = _clients.Options.MaxBatchBytes;
        if (idempotencyKey is { Length: 0 or > KeyEntry.MaxLength }) throw LogErrors.InvalidKey(where, idempotencyKey.Length);
        if (records.SizeBytes > limit) throw LogErrors.TooLarge(where, records.SizeBytes, limit);
        if (records.Count > KafkaAppend.MostRecords) throw LogErrors.TooLargeForKafka(where, $"it has {records.Count} records, the most is {KafkaAppend.MostRecords}");
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
}
