namespace Leat.Log;

/// <summary>A transactional id while the log is open.</summary>
internal sealed class Transaction(string id) : IDisposable
{
    private readonly Lock _appends = new();
    private TransactionRecord? _record;
    private TaskCompletionSource? _drained;
    private long _connection;
    private int _appending;
    private bool _closedToAppends;

    public string Id => id;

    /// <summary>One call at a time changes the transaction.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Ends a transaction that stays open too long.</summary>
    public ITimer? Timeout { get; set; }

    /// <summary>Somebody is repeating the end because a partition could not be written.</summary>
    public bool IsRepeating { get; set; }

    /// <summary>What is durable; null before the first producer.</summary>
    public TransactionRecord? Record
    {
        get
        {
            lock (_appends) return _record;
        }
        set
        {
            lock (_appends) (_record, _closedToAppends) = (value, value is not { IsOpen: true });
        }
    }

    /// <summary>A call over a connection that is older than the newest used was delayed on its way.</summary>
    public bool IsDelayed(long connection)
    {
        if (connection == 0) return false;
        if (connection < _connection) return true;
        _connection = connection;
        return false;
    }

    /// <summary>A new producer begins to count connections anew.</summary>
    public void ForgetConnections() => _connection = 0;

    /// <summary>See <see cref="TransactionCoordinator.TryAppend"/>.</summary>
    public KafkaError TryAppend(long producerId, short epoch, TopicPartition partition, out AppendLease? lease)
    {
        lease = null;
        lock (_appends)
        {
            if (_record is null || _record.ProducerId != producerId) return KafkaError.InvalidProducerIdMapping;
            if (_record.Epoch != epoch) return KafkaError.InvalidProducerEpoch;
            if (_closedToAppends || !_record.Partitions.Contains(partition)) return KafkaError.InvalidTxnState;
            _appending++;
            lease = new AppendLease(Appended);
            return KafkaError.None;
        }
    }

    /// <summary>Lets no further append in; done when those under way are.</summary>
    public Task CloseToAppends()
    {
        lock (_appends)
        {
            _closedToAppends = true;
            if (_appending == 0) return Task.CompletedTask;
            return (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>The end could not be decided: the transaction goes on.</summary>
    public void ReopenToAppends()
    {
        lock (_appends) _closedToAppends = _record is not { IsOpen: true };
    }

    public void Dispose()
    {
        Timeout?.Dispose();
        Turn.Dispose();
    }

    private void Appended()
    {
        lock (_appends)
        {
            if (--_appending > 0) return;
            _ = _drained?.TrySetResult();
            _drained = null;
        }
    }
}
