using Leat.Core;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Transactions of the cluster. Each append is sent whole and waited for.</summary>
internal sealed class KafkaTransactionalProducer : ITransactionalProducer
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);
    private readonly KafkaLogClients _clients;
    private readonly KafkaTopics _topics;
    private readonly string _id;
    private readonly Rd.IProducer<byte[]?, byte[]?> _producer;
    private readonly KafkaCalls _calls = new();
    private readonly Dictionary<string, Rd.IConsumer<KafkaPart, KafkaPart>> _groups = new(StringComparer.Ordinal);
    private bool _open;
    private bool _fenced;
    private string? _broken;
    private int _disposed;

    private KafkaTransactionalProducer(KafkaLogClients clients, KafkaTopics topics, string id, TimeSpan timeout)
    {
        (_clients, _topics, _id) = (clients, topics, id);
        _producer = clients.Producer(id, timeout);
    }

    private string Where => $"transactional id {_id}";

    /// <summary>Opens the producer: fences the one before, and ends what it left open.</summary>
    public static async ValueTask<ITransactionalProducer> OpenAsync(KafkaLogClients clients, KafkaTopics topics, string id, TimeSpan timeout, CancellationToken ct)
    {
        if (id.Length == 0) throw LogErrors.InvalidOption("transactional id", "''", "at least one character");
        if (timeout < TimeSpan.FromSeconds(1) || timeout > TimeSpan.FromMinutes(15)) throw LogErrors.InvalidOption("transaction timeout", timeout, "00:00:01 to 00:15:00");
        var opened = new KafkaTransactionalProducer(clients, topics, id, timeout);
        try
        {
            await opened.CallAsync(() => opened._producer.InitTransactions(clients.Options.RequestTimeout), ct).ConfigureAwait(false);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask BeginAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (_fenced) throw LogErrors.Fenced(_id);
        if (_open) throw LogErrors.TransactionState(_id, "a transaction is open already");
        await CallAsync(_producer.BeginTransaction, ct).ConfigureAwait(false);
        (_open, _broken) = (true, null);
    }

    public async ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        RequireOpen();
        if (records.SizeBytes > _clients.Options.MaxBatchBytes) throw LogErrors.TooLarge(partition.ToString(), records.SizeBytes, _clients.Options.MaxBatchBytes);
        await _topics.RequireAsync(partition, ct).ConfigureAwait(false);
        var append = new KafkaAppend(partition, records.BeginAppend(null));
        try
        {
            await CallAsync(() => Send(append), CancellationToken.None).ConfigureAwait(false); // what was begun is waited for: nobody could tell otherwise what is in the transaction
            return new AppendResult(await append.Done.ConfigureAwait(false), append.Count, false);
        }
        finally
        {
            records.EndAppend(stillWriting: false);
        }
    }

    public async ValueTask SendOffsetsAsync(string group, IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        RequireOpen();
        if (offsets.Count == 0) return;
        await CallAsync(
            () =>
            {
                if (!_groups.TryGetValue(group, out var member)) _groups[group] = member = _clients.Consumer(group, new KafkaScratch(), "error");
                _producer.SendOffsetsToTransaction(KafkaGroupConsumer.Native(offsets), member.ConsumerGroupMetadata, _clients.Options.RequestTimeout);
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask CommitAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        RequireOpen();
        await CallAsync(() => End(commit: true), CancellationToken.None).ConfigureAwait(false); // decided or not: not to be left in between
        _open = false;
    }

    public async ValueTask AbortAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!_open) throw LogErrors.TransactionState(_id, "no transaction is open");
        try
        {
            await CallAsync(() => End(commit: false), CancellationToken.None).ConfigureAwait(false);
        }
        catch (LeatException) when (_fenced)
        {
            // The one that took over has aborted it.
        }
        (_open, _broken) = (false, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (_open && !_fenced)
        {
            try
            {
                await CallAsync(() => End(commit: false), CancellationToken.None).ConfigureAwait(false);
            }
            catch (LeatException e)
            {
                // The cluster ends the transaction at its timeout, or when the next producer of this id comes.
                _clients.Logger.KafkaClientError(e.Code, e.What);
            }
        }
        await _calls.EndedAsync().ConfigureAwait(false);
        await Task.Run(() =>
        {
            _producer.Dispose();
            foreach (var member in _groups.Values) member.Dispose();
        }).ConfigureAwait(false);
    }

    private void RequireOpen()
    {
        if (_fenced) throw LogErrors.Fenced(_id);
        if (!_open) throw LogErrors.TransactionState(_id, "no transaction is open");
        if (_broken is not null) throw LogErrors.TransactionState(_id, $"the transaction can only be aborted: {_broken}");
    }

    /// <summary>Commits or aborts; what can be tried again is tried again within the request timeout.</summary>
    private void End(bool commit)
    {
        var begun = _clients.Time.GetTimestamp();
        while (true)
        {
            try
            {
                if (commit) _producer.CommitTransaction(_clients.Options.RequestTimeout);
                else _producer.AbortTransaction(_clients.Options.RequestTimeout);
                return;
            }
            catch (Rd.KafkaRetriableException) when (_clients.Time.GetElapsedTime(begun) < _clients.Options.RequestTimeout)
            {
                _ = _producer.Poll(Slice);
            }
        }
    }

    private void Send(KafkaAppend append)
    {
        KafkaRecords.Send(_producer, append, report => Delivered(append, report), _clients.Options.RequestTimeout);
        // Ends by message.timeout.ms at the latest.
        while (!append.Done.IsCompleted) _ = _producer.Flush(Slice);
    }

    private void Delivered(KafkaAppend append, Rd.DeliveryReport<byte[]?, byte[]?> report)
    {
        if (report.Error.IsError)
        {
            append.Fail(Fault(report.Error, append.Partition.ToString(), null));
            return;
        }
        if (append.Count == 1) append.BaseOffset = report.Offset.Value;
        append.Succeed();
    }

    private async Task CallAsync(Action call, CancellationToken ct)
    {
        try
        {
            _ = await _calls.RunAsync(() =>
            {
                call();
                return true;
            }, ct).ConfigureAwait(false);
        }
        catch (Rd.KafkaException e)
        {
            throw Fault(e.Error, Where, e);
        }
    }

    private LeatException Fault(Rd.Error error, string where, Exception? cause)
    {
        if (KafkaLogFaults.IsFenced(error.Code) || error.IsFatal || error.Code == Rd.ErrorCode.Local_Fatal)
        {
            _fenced = true;
            return LogErrors.Fenced(_id);
        }
        _broken = error.Reason;
        return error.Code is Rd.ErrorCode.InvalidTxnState or Rd.ErrorCode.Local_State ? LogErrors.TransactionState(_id, error.Reason) : KafkaLogFaults.Of(error, where, cause);
    }
}
