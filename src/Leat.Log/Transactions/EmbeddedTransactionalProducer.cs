using Leat.Core;

namespace Leat.Log;

/// <summary>Producer of transactions in this process. Each transaction has its own epoch, so nothing late of one can touch the next (KIP-890).</summary>
internal sealed class EmbeddedTransactionalProducer(IBatchLog log, TransactionCoordinator coordinator, string transactionalId, ProducerAnswer producer, int maxBatchBytes) : ITransactionalProducer
{
    private readonly Dictionary<TopicPartition, int> _sequences = [];
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private long _producerId = producer.ProducerId;
    private short _epoch = producer.ProducerEpoch;
    private bool _open;
    private bool _fenced;
    private string? _broken;

    public ValueTask BeginAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (_fenced) throw Fenced();
        if (_open) throw LogErrors.TransactionState(transactionalId, "a transaction is open already");
        if (!coordinator.IsPresent(transactionalId, _producerId, _epoch)) throw Fenced();
        _open = true;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        RequireOpen();
        if (!_sequences.ContainsKey(partition)) await AddAsync(partition, ct).ConfigureAwait(false);
        if (coordinator.TryAppend(_producerId, _epoch, partition, out var lease) is var refusal and not KafkaError.None) throw Error(refusal, partition.ToString());
        using (lease)
        {
            var batch = records.BeginAppend(null);
            try
            {
                return await WriteAsync(partition, batch).ConfigureAwait(false);
            }
            finally
            {
                records.EndAppend(stillWriting: false);
            }
        }
    }

    public async ValueTask SendOffsetsAsync(string group, IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct)
    {
        RequireOpen();
        if (!_groups.Contains(group))
        {
            var added = await coordinator.AddOffsetsAsync(new AddOffsetsToTransaction(transactionalId, _producerId, _epoch, group), ct).ConfigureAwait(false);
            ThrowOn(added.Error, added.Failure, $"group {group}");
            _ = _groups.Add(group);
        }
        var request = new CommitTransactionOffsets(transactionalId, _producerId, _epoch, group, [.. offsets.Select(o => new OffsetToCommit(o.Partition, o.Offset, -1, o.Metadata))]);
        var answer = await coordinator.CommitOffsetsAsync(request, ct).ConfigureAwait(false);
        ThrowOn(answer.Error, answer.Failure, $"group {group}");
        foreach (var partition in answer.Partitions) ThrowOn(partition.Error, null, $"group {group}, {partition.Partition}");
    }

    public ValueTask CommitAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        RequireOpen();
        return EndAsync(commit: true);
    }

    public ValueTask AbortAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!_open) throw LogErrors.TransactionState(transactionalId, "no transaction is open");
        return EndAsync(commit: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_open || _fenced) return;
        _open = false;
        try
        {
            _ = await coordinator.EndAsync(new EndTransaction(transactionalId, _producerId, _epoch, Commit: false) { NextEpoch = true }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The log was closed first: the transaction ends by its timeout when the log is open again.
            _fenced = true;
        }
    }

    private void RequireOpen()
    {
        if (_fenced) throw Fenced();
        if (!_open) throw LogErrors.TransactionState(transactionalId, "no transaction is open");
        if (_broken is not null) throw LogErrors.TransactionState(transactionalId, $"the transaction can only be aborted: {_broken}");
    }

    private async ValueTask AddAsync(TopicPartition partition, CancellationToken ct)
    {
        var answer = await coordinator.AddPartitionsAsync(new AddPartitionsToTransaction(transactionalId, _producerId, _epoch, [partition]), ct).ConfigureAwait(false);
        ThrowOn(answer.Error, answer.Failure, partition.ToString());
        ThrowOn(answer.Partitions[0].Error, null, partition.ToString());
        _sequences[partition] = 0;
    }

    /// <summary>Not cancelled: whether the batch is in the log must be known, or the sequence breaks.</summary>
    private async ValueTask<AppendResult> WriteAsync(TopicPartition partition, EncodedBatch batch)
    {
        var sequence = _sequences[partition];
        var header = batch.Header with { ProducerId = _producerId, ProducerEpoch = _epoch, BaseSequence = sequence, Attributes = (short)(batch.Header.Attributes | BatchHeader.TransactionalBit) };
        header.Write(batch.First.Span);
        BatchHeader.WriteCrc(batch.First.Span, []);
        try
        {
            var answer = await log.AppendBatchAsync(partition, batch.First, null, CancellationToken.None).ConfigureAwait(false);
            if (answer.Failure is { } failure) throw failure;
            if (answer.Error == KafkaError.MessageTooLarge) throw LogErrors.TooLarge(partition.ToString(), batch.SizeBytes, log.Find(partition.Topic)?.Options.MaxBatchBytes ?? maxBatchBytes);
            if (answer.Error != KafkaError.None) throw Error(answer.Error, answer.Message is null ? partition.ToString() : $"{partition}: {answer.Message}");
            // Sequences go on at 0 after 2^31-1.
            _sequences[partition] = (int)(((long)sequence + header.Count) & int.MaxValue);
            return new AppendResult(answer.BaseOffset, batch.Header.Count, false);
        }
        catch (LeatException e)
        {
            // A batch that is too large, or for which there is no room, was not stored: the transaction can go on.
            if (e.Retry == Retry.Never && e.Code != "LEAT2012") _broken = e.What;
            throw;
        }
    }

    private async ValueTask EndAsync(bool commit)
    {
        if (!_fenced && (_sequences.Count > 0 || _groups.Count > 0))
        {
            var answer = await coordinator.EndAsync(new EndTransaction(transactionalId, _producerId, _epoch, commit) { NextEpoch = true }, CancellationToken.None).ConfigureAwait(false);
            if (commit || answer.Failure is not null || !IsFenced(answer.Error)) ThrowOn(answer.Error, answer.Failure, $"transactional id {transactionalId}");
            else _fenced = true;
            if (answer.Error == KafkaError.None) (_producerId, _epoch) = (answer.ProducerId, answer.ProducerEpoch);
        }
        else if (commit && !coordinator.IsPresent(transactionalId, _producerId, _epoch))
        {
            throw Fenced();
        }
        (_open, _broken) = (false, null);
        _sequences.Clear();
        _groups.Clear();
    }

    private void ThrowOn(KafkaError error, LeatException? failure, string where)
    {
        if (failure is not null) throw failure;
        if (error != KafkaError.None) throw Error(error, where);
    }

    private LeatException Error(KafkaError error, string where)
    {
        if (IsFenced(error)) return Fenced();
        return error switch
        {
            KafkaError.InvalidTxnState => LogErrors.TransactionState(transactionalId, $"the transaction is not open any more ({where})"),
            KafkaError.UnknownTopicOrPartition => LogErrors.UnknownTopic(where, log.AllTopics.Select(t => t.Name), where),
            _ => LogErrors.Coordinator(where, error),
        };
    }

    private static bool IsFenced(KafkaError error) => error is KafkaError.ProducerFenced or KafkaError.InvalidProducerEpoch or KafkaError.InvalidProducerIdMapping;

    private LeatException Fenced()
    {
        _fenced = true;
        return LogErrors.Fenced(transactionalId);
    }
}
