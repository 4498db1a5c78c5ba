using System.Collections.Concurrent;
using Leat.Core;
using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>Producer ids and transactions. One method per call of the Kafka protocol; knows nothing of bytes on the wire. Any thread may call.</summary>
/// <remarks>
/// Order of an end: decision durable in <c>__transaction_state</c> (the commit point), markers in every partition, offsets of the groups, "complete".
/// Each step may be repeated, so a crash anywhere is finished at opening.
/// </remarks>
internal sealed partial class TransactionCoordinator : IAsyncDisposable
{
    /// <summary>The log's own topic with the transactions.</summary>
    public const string TopicName = "__transaction_state";

    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);
    private readonly IBatchLog _batches;
    private readonly GroupCoordinator _groups;
    private readonly TransactionCoordinatorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StateTopic _state;
    private readonly ProducerIds _producerIds;
    private readonly BackgroundWork _background;
    private readonly ITimer _sweeps;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Transaction> _transactions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, Transaction> _byProducer = [];

    public TransactionCoordinator(IEventLog log, IBatchLog batches, GroupCoordinator groups, EmbeddedLogParts parts)
    {
        (_batches, _groups, _options, _time, _logger) = (batches, groups, parts.Options.Transactions, parts.Time, parts.Logger);
        _state = new StateTopic(log, TopicName, parts.Options.MaxBatchBytes, parts.Time);
        _producerIds = new ProducerIds(_state, _options.ProducerIdBlock);
        _background = new BackgroundWork(parts.Logger);
        _sweeps = _time.CreateTimer(_ => _background.Start("forgetting unused transactional ids", SweepAsync), null, SweepEvery, SweepEvery);
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes partitions part of the transaction, beginning it when none is open.</summary>
    public async ValueTask<PartitionsAnswer> AddPartitionsAsync(AddPartitionsToTransaction request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        var problems = request.Partitions.Select(ProblemOf).ToList();
        if (problems.Exists(p => p != KafkaError.None))
        {
            var answers = request.Partitions.Select((p, i) => new PartitionAnswer(p, problems[i] == KafkaError.None ? KafkaError.OperationNotAttempted : problems[i]));
            return new PartitionsAnswer(KafkaError.None, [.. answers]);
        }
        var (error, failure) = await JoinAsync((request.TransactionalId, request.ProducerId, request.ProducerEpoch, request.Connection), r => r with { Partitions = r.Partitions.Union(request.Partitions) }, ct).ConfigureAwait(false);
        return new PartitionsAnswer(error, [.. request.Partitions.Select(p => new PartitionAnswer(p, error))]) { Failure = failure };
    }

    /// <summary>Makes the offsets of a group part of the transaction, beginning it when none is open.</summary>
    public async ValueTask<AddOffsetsAnswer> AddOffsetsAsync(AddOffsetsToTransaction request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        if (request.Group.Length == 0) return new AddOffsetsAnswer(KafkaError.InvalidGroupId);
        var (error, failure) = await JoinAsync((request.TransactionalId, request.ProducerId, request.ProducerEpoch, request.Connection), r => r with { Groups = r.Groups.Add(request.Group) }, ct).ConfigureAwait(false);
        return new AddOffsetsAnswer(error) { Failure = failure };
    }

    /// <summary>Keeps offsets that count when the transaction commits; durable before it answers.</summary>
    public async ValueTask<PartitionsAnswer> CommitOffsetsAsync(CommitTransactionOffsets request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        if (Find(request.TransactionalId, request.ProducerId) is not { } transaction) return All(request, KafkaError.InvalidProducerIdMapping);
        await transaction.Turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var record = transaction.Record;
            if (record?.ProducerId != request.ProducerId) return All(request, KafkaError.InvalidProducerIdMapping);
            if (record.Epoch != request.ProducerEpoch) return All(request, KafkaError.InvalidProducerEpoch);
            if (record.IsEnding) return All(request, KafkaError.ConcurrentTransactions);
            if (!record.IsOpen || !record.Groups.Contains(request.Group)) return All(request, KafkaError.InvalidTxnState);
            var answer = await _groups.StageAsync(request, ct).ConfigureAwait(false);
            return new PartitionsAnswer(answer.Error, answer.Partitions);
        }
        catch (LeatException e)
        {
            return All(request, StateErrors.Of(e)) with { Failure = e };
        }
        finally
        {
            _ = transaction.Turn.Release();
        }
    }

    /// <summary>Whether this is the producer of the transactional id, not an earlier one.</summary>
    public bool IsPresent(string transactionalId, long producerId, short producerEpoch) =>
        _transactions.TryGetValue(transactionalId, out var found) && found.Record is { } record && record.ProducerId == producerId && record.Epoch == producerEpoch;

    /// <summary>Asked before a transactional batch is appended: whether the partition belongs to the producer's open transaction. The transaction does not end before the lease is disposed, so dispose it when the append has answered.</summary>
    /// <param name="producerId">From the batch header.</param>
    /// <param name="producerEpoch">From the batch header.</param>
    /// <param name="partition">Where the batch goes.</param>
    /// <param name="lease">Set with <see cref="KafkaError.None"/>.</param>
    /// <returns>INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE, INVALID_PRODUCER_ID_MAPPING or none.</returns>
    public KafkaError TryAppend(long producerId, short producerEpoch, TopicPartition partition, out AppendLease? lease)
    {
        lease = null;
        return _byProducer.TryGetValue(producerId, out var transaction) ? transaction.TryAppend(producerId, producerEpoch, partition, out lease) : KafkaError.InvalidProducerIdMapping;
    }

    /// <summary>Writes what is under way and ends. Ends of transactions that a partition holds up are finished at the next opening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sweeps.DisposeAsync().ConfigureAwait(false);
        _ = _loaded.TrySetException(new ObjectDisposedException(nameof(TransactionCoordinator)));
        foreach (var transaction in _transactions.Values) transaction.Timeout?.Dispose();
        await _background.DisposeAsync().ConfigureAwait(false);
        await _state.DisposeAsync().ConfigureAwait(false);
        _producerIds.Dispose();
    }

    private static PartitionsAnswer All(CommitTransactionOffsets request, KafkaError error) => new(error, [.. request.Offsets.Select(o => new PartitionAnswer(o.Partition, error))]);

    private Transaction? Find(string id, long producerId) =>
        _transactions.TryGetValue(id, out var found) && found.Record is { } record && (record.ProducerId == producerId || record.LastProducerId == producerId) ? found : null;

    private KafkaError ProblemOf(TopicPartition partition)
    {
        if (_batches.Find(partition.Topic) is not { } topic || partition.Partition < 0 || partition.Partition >= topic.Partitions) return KafkaError.UnknownTopicOrPartition;
        return partition.Topic is TopicName or GroupCoordinator.TopicName ? KafkaError.InvalidTopic : KafkaError.None;
    }

    /// <summary>Adds something to the open transaction, or begins one with it.</summary>
    private async ValueTask<(KafkaError Error, LeatException? Failure)> JoinAsync((string Id, long ProducerId, short Epoch, long Connection) caller, Func<TransactionRecord, TransactionRecord> add, CancellationToken ct)
    {
        if (Find(caller.Id, caller.ProducerId) is not { } transaction) return (KafkaError.InvalidProducerIdMapping, null);
        await transaction.Turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var record = transaction.Record;
            if (record is null || record.ProducerId != caller.ProducerId || record.Epoch != caller.Epoch) return (KafkaError.ProducerFenced, null);
            if (transaction.IsDelayed(caller.Connection)) return (KafkaError.InvalidTxnState, null);
            if (record.IsEnding) return (KafkaError.ConcurrentTransactions, null);
            var next = add(record);
            if (record.IsOpen && next == record) return (KafkaError.None, null);
            var nowMs = NowMs;
            next = next with { State = TransactionState.Ongoing, StartedAtMs = record.IsOpen ? record.StartedAtMs : nowMs, ChangedAtMs = nowMs, LastEpoch = TransactionRecord.NoEpoch, LastProducerId = TransactionRecord.NoProducer };
            await SaveAsync(transaction, next).ConfigureAwait(false);
            if (!record.IsOpen) StartTimeout(transaction, next.Timeout);
            return (KafkaError.None, null);
        }
        catch (LeatException e)
        {
            return (StateErrors.Of(e), e);
        }
        finally
        {
            _ = transaction.Turn.Release();
        }
    }

    /// <summary>Makes the record durable, then valid. Not cancelled half-way.</summary>
    private Task SaveAsync(Transaction transaction, TransactionRecord next) => _state.WriteAsync(() => new StateChange([TransactionCodec.Transaction(next)], () => Adopt(transaction, next)), CancellationToken.None);

    private void Adopt(Transaction transaction, TransactionRecord next)
    {
        var before = transaction.Record;
        transaction.Record = next;
        _byProducer[next.ProducerId] = transaction;
        if (before is not null && before.ProducerId != next.ProducerId) _ = _byProducer.TryRemove(before.ProducerId, out _);
    }
}
