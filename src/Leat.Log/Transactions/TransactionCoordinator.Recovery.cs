using Leat.Core;

namespace Leat.Log;

internal sealed partial class TransactionCoordinator
{
    /// <summary>Reads what was kept, finishes what was decided, and lets open transactions run until their timeout. Calls wait until it is read.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        try
        {
            await _groups.Loaded.WaitAsync(ct).ConfigureAwait(false);
            await _state.LoadAsync((key, value) => TransactionCodec.Read(key, value, Load, _producerIds.Load), ct).ConfigureAwait(false);
            foreach (var transaction in _transactions.Values) Resume(transaction, transaction.Record!);
            _ = _loaded.TrySetResult();
        }
        catch (Exception e)
        {
            _ = _loaded.TrySetException(e);
            throw;
        }
    }

    private void Load(string id, TransactionRecord? record)
    {
        if (record is null)
        {
            if (_transactions.TryRemove(id, out var gone)) _ = _byProducer.TryRemove(gone.Record!.ProducerId, out _);
            return;
        }
        Adopt(_transactions.GetOrAdd(id, static i => new Transaction(i)), record);
    }

    private void Resume(Transaction transaction, TransactionRecord record)
    {
        if (record.IsEnding) _background.Start($"ending the transaction of {record.Id}", _ => ResumeEndAsync(transaction));
        else if (record.IsOpen) StartTimeout(transaction, LeftOf(record));
    }

    private async Task ResumeEndAsync(Transaction transaction)
    {
        await transaction.Turn.WaitAsync(_background.Stop).ConfigureAwait(false);
        try
        {
            await FinishAsync(transaction).ConfigureAwait(false);
        }
        finally
        {
            _ = transaction.Turn.Release();
        }
    }

    /// <summary>Never more than the whole timeout, whatever the clock did while the log was closed.</summary>
    private TimeSpan LeftOf(TransactionRecord record)
    {
        var left = record.Timeout - TimeSpan.FromMilliseconds(NowMs - record.StartedAtMs);
        return left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left > record.Timeout ? record.Timeout : left;
    }

    private void StartTimeout(Transaction transaction, TimeSpan left)
    {
        var startedAtMs = transaction.Record!.StartedAtMs;
        var epoch = transaction.Record.Epoch;
        transaction.Timeout?.Dispose();
        transaction.Timeout = _time.CreateTimer(
            _ => _background.Start($"aborting the transaction of {transaction.Id}", ct => TimeOutAsync(transaction, (startedAtMs, epoch), ct)), null, left, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Aborts under a higher epoch: the producer that let the time pass is fenced.</summary>
    private async Task TimeOutAsync(Transaction transaction, (long StartedAtMs, short Epoch) meant, CancellationToken ct)
    {
        await transaction.Turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (transaction.Record is not { IsOpen: true } record || record.StartedAtMs != meant.StartedAtMs || record.Epoch != meant.Epoch) return;
            _logger.TransactionTimedOut(transaction.Id, record.Timeout);
            await DecideAsync(transaction, commit: false, r => r with { Epoch = (short)(r.Epoch + 1), LastEpoch = TransactionRecord.NoEpoch }).ConfigureAwait(false);
        }
        catch (LeatException e)
        {
            _logger.TransactionEndDelayed(transaction.Id, e.Message, FirstRetry);
            StartTimeout(transaction, FirstRetry);
        }
        finally
        {
            _ = transaction.Turn.Release();
        }
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        foreach (var transaction in _transactions.Values)
        {
            await transaction.Turn.WaitAsync(ct).ConfigureAwait(false);
            try
            {
                if (transaction.Record is not { IsOpen: false, IsEnding: false } record || NowMs - record.ChangedAtMs < _options.IdRetention.TotalMilliseconds) continue;
                await _state.WriteAsync(() => new StateChange([TransactionCodec.Gone(record.Id)], () => Forget(transaction, record)), ct).ConfigureAwait(false);
            }
            finally
            {
                _ = transaction.Turn.Release();
            }
        }
    }

    /// <summary>A call that already found the transaction is told that there is no such producer.</summary>
    private void Forget(Transaction transaction, TransactionRecord record)
    {
        transaction.Record = null;
        _ = _transactions.TryRemove(record.Id, out _);
        _ = _byProducer.TryRemove(record.ProducerId, out _);
    }
}
