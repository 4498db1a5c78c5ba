using Leat.Core;

namespace Leat.Log;

internal sealed partial class TransactionCoordinator
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <summary>Commits or aborts. Answers when the decision is durable and, unless a partition cannot be written now, markers and offsets are too.</summary>
    public async ValueTask<ProducerAnswer> EndAsync(EndTransaction request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        if (Find(request.TransactionalId, request.ProducerId) is not { } transaction) return new ProducerAnswer(KafkaError.InvalidProducerIdMapping);
        await transaction.Turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (transaction.Record is not { } record) return new ProducerAnswer(KafkaError.InvalidProducerIdMapping);
            if (AnswerWithout(record, request) is { } answer) return answer;
            if (transaction.IsDelayed(request.Connection)) return new ProducerAnswer(KafkaError.InvalidTxnState);
            var nextId = request.NextEpoch && (record with { Epoch = (short)(record.Epoch + 1) }).IsExhausted ? await _producerIds.NextAsync(ct).ConfigureAwait(false) : TransactionRecord.NoProducer;
            await DecideAsync(transaction, request.Commit, r => request.NextEpoch ? r with { Epoch = (short)(r.Epoch + 1), LastEpoch = r.Epoch, NextProducerId = nextId } : r).ConfigureAwait(false);
            return Ended(transaction.Record!);
        }
        catch (LeatException e)
        {
            return new ProducerAnswer(StateErrors.Of(e)) { Failure = e };
        }
        finally
        {
            _ = transaction.Turn.Release();
        }
    }

    private static ProducerAnswer Ended(TransactionRecord record) =>
        record.NextProducerId == TransactionRecord.NoProducer ? new(KafkaError.None, record.ProducerId, record.Epoch) : new(KafkaError.None, record.NextProducerId, 0);

    /// <summary>The answer when there is nothing to decide: the call is not the present producer's, comes at the wrong time, or repeats one whose answer was lost.</summary>
    private static ProducerAnswer? AnswerWithout(TransactionRecord record, EndTransaction request)
    {
        var present = record.ProducerId == request.ProducerId && record.Epoch == request.ProducerEpoch;
        var repeats = request.NextEpoch && record.IsLast(request.ProducerId, request.ProducerEpoch);
        if (!present && !repeats) return new ProducerAnswer(KafkaError.ProducerFenced);
        if (record.IsOpen) return present ? null : new ProducerAnswer(KafkaError.ProducerFenced);
        if (!record.Ended(request.Commit)) return new ProducerAnswer(KafkaError.InvalidTxnState);
        return record.IsEnding ? new ProducerAnswer(KafkaError.ConcurrentTransactions) : Ended(record);
    }

    /// <summary>Makes the decision durable and carries it out. Holds the transaction's turn.</summary>
    private async Task DecideAsync(Transaction transaction, bool commit, Func<TransactionRecord, TransactionRecord> change)
    {
        await transaction.CloseToAppends().ConfigureAwait(false);
        try
        {
            var record = change(transaction.Record!);
            await SaveAsync(transaction, record with { State = commit ? TransactionState.PrepareCommit : TransactionState.PrepareAbort, ChangedAtMs = NowMs }).ConfigureAwait(false);
        }
        finally
        {
            transaction.ReopenToAppends();
        }
        transaction.Timeout?.Dispose();
        await FinishAsync(transaction).ConfigureAwait(false);
    }

    /// <summary>Markers, offsets, then "complete"; what cannot be written now is repeated later. Holds the transaction's turn.</summary>
    private async Task FinishAsync(Transaction transaction)
    {
        if (await TryFinishAsync(transaction).ConfigureAwait(false) is not { } problem || transaction.IsRepeating) return;
        transaction.IsRepeating = true;
        _logger.TransactionEndDelayed(transaction.Id, problem, FirstRetry);
        _background.Start($"ending the transaction of {transaction.Id}", ct => FinishLaterAsync(transaction, ct));
    }

    private async Task FinishLaterAsync(Transaction transaction, CancellationToken ct)
    {
        for (var wait = FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            await Task.Delay(wait, _time, ct).ConfigureAwait(false);
            await transaction.Turn.WaitAsync(ct).ConfigureAwait(false);
            try
            {
                if (await TryFinishAsync(transaction).ConfigureAwait(false) is not { } problem)
                {
                    transaction.IsRepeating = false;
                    return;
                }
                _logger.TransactionEndDelayed(transaction.Id, problem, wait * 2 < LongestRetry ? wait * 2 : LongestRetry);
            }
            finally
            {
                _ = transaction.Turn.Release();
            }
        }
    }

    /// <summary>Null when the transaction is complete, else what holds it up.</summary>
    private async Task<string?> TryFinishAsync(Transaction transaction)
    {
        if (transaction.Record is not { IsEnding: true } record) return null;
        try
        {
            var commit = record.State == TransactionState.PrepareCommit;
            var markers = record.Partitions.Select(p => MarkAsync(p, new TransactionMarker(record.ProducerId, record.Epoch, commit)));
            var problem = (await Task.WhenAll(markers).ConfigureAwait(false)).FirstOrDefault(p => p is not null);
            if (problem is not null) return problem;
            foreach (var group in record.Groups) await _groups.EndTransactionAsync(record.ProducerId, group, commit, CancellationToken.None).ConfigureAwait(false);
            await SaveAsync(transaction, record.Completed(NowMs)).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is LeatException or ObjectDisposedException)
        {
            return e.Message;
        }
    }

    /// <summary>Null when the marker is durable, or no longer needed because the partition is gone.</summary>
    private async Task<string?> MarkAsync(TopicPartition partition, TransactionMarker marker)
    {
        try
        {
            var error = await _batches.AppendMarkerAsync(partition, marker, CancellationToken.None).ConfigureAwait(false);
            return error is KafkaError.None or KafkaError.UnknownTopicOrPartition ? null : $"{partition}: {error}";
        }
        catch (Exception e) when (e is LeatException or ObjectDisposedException)
        {
            return e is LeatException { Code: "LEAT2001" or "LEAT2006" } ? null : $"{partition}: {e.Message}";
        }
    }
}
