using Leat.Core;

namespace Leat.Log;

internal sealed partial class TransactionCoordinator
{
    /// <summary>Gives a producer its id and epoch; with a transactional id fences the earlier producer of that id and aborts what it left open.</summary>
    public async ValueTask<ProducerAnswer> InitProducerIdAsync(InitProducerId request, CancellationToken ct)
    {
        await _loaded.Task.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (request.TransactionalId is not { } id) return new ProducerAnswer(KafkaError.None, await _producerIds.NextAsync(ct).ConfigureAwait(false), 0);
            if (id.Length == 0) return new ProducerAnswer(KafkaError.InvalidRequest);
            if (request.Timeout <= TimeSpan.Zero || request.Timeout > _options.MaxTimeout) return new ProducerAnswer(KafkaError.InvalidTransactionTimeout);
            while (true)
            {
                var transaction = _transactions.GetOrAdd(id, static i => new Transaction(i));
                if (await InitTransactionalAsync(transaction, request, ct).ConfigureAwait(false) is { } answer) return answer;
            }
        }
        catch (LeatException e)
        {
            return new ProducerAnswer(StateErrors.Of(e)) { Failure = e };
        }
    }

    /// <summary>Null when the transactional id was forgotten while the call waited for its turn.</summary>
    private async ValueTask<ProducerAnswer?> InitTransactionalAsync(Transaction transaction, InitProducerId request, CancellationToken ct)
    {
        await transaction.Turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (!_transactions.TryGetValue(transaction.Id, out var present) || present != transaction) return null;
            if (transaction.Record is not { } record) return await NewProducerAsync(transaction, request, ct).ConfigureAwait(false);
            if (request.ProducerId != TransactionRecord.NoProducer && RefusalOf(record, request) is { } refusal) return refusal;
            if (record.IsOpen) await DecideAsync(transaction, commit: false, r => r with { Epoch = (short)(r.Epoch + 1), LastEpoch = TransactionRecord.NoEpoch }).ConfigureAwait(false);
            else if (record.IsEnding) await FinishAsync(transaction).ConfigureAwait(false);
            record = transaction.Record;
            if (record.IsEnding) return new ProducerAnswer(KafkaError.ConcurrentTransactions);
            var next = await NextProducerAsync(record, request, ct).ConfigureAwait(false);
            await SaveAsync(transaction, next).ConfigureAwait(false);
            transaction.ForgetConnections();
            return new ProducerAnswer(KafkaError.None, next.ProducerId, next.Epoch);
        }
        finally
        {
            _ = transaction.Turn.Release();
        }
    }

    private async ValueTask<ProducerAnswer> NewProducerAsync(Transaction transaction, InitProducerId request, CancellationToken ct)
    {
        var producerId = await _producerIds.NextAsync(ct).ConfigureAwait(false);
        await SaveAsync(transaction, new TransactionRecord(transaction.Id, producerId, 0) { Timeout = request.Timeout, ChangedAtMs = NowMs }).ConfigureAwait(false);
        return new ProducerAnswer(KafkaError.None, producerId, 0);
    }

    /// <summary>A producer that goes on after an error must be the present one; the one before it may only repeat a call whose answer was lost.</summary>
    private static ProducerAnswer? RefusalOf(TransactionRecord record, InitProducerId request)
    {
        if (record.ProducerId == request.ProducerId && record.Epoch == request.ProducerEpoch) return null;
        return record.State == TransactionState.Empty && record.IsLast(request.ProducerId, request.ProducerEpoch)
            ? new ProducerAnswer(KafkaError.None, record.ProducerId, record.Epoch)
            : new ProducerAnswer(KafkaError.ProducerFenced);
    }

    private async ValueTask<TransactionRecord> NextProducerAsync(TransactionRecord record, InitProducerId request, CancellationToken ct)
    {
        var next = record with
        {
            State = TransactionState.Empty,
            Timeout = request.Timeout,
            LastEpoch = request.ProducerId == TransactionRecord.NoProducer ? TransactionRecord.NoEpoch : request.ProducerEpoch,
            LastProducerId = TransactionRecord.NoProducer,
            ChangedAtMs = NowMs,
        };
        if (!record.IsExhausted) return next with { Epoch = (short)(record.Epoch + 1) };
        return next with { ProducerId = await _producerIds.NextAsync(ct).ConfigureAwait(false), Epoch = 0, LastProducerId = record.ProducerId };
    }
}
