namespace Leat.Log;

/// <summary>Threads of their own for writing and fsync, so that waiting for the disk never takes a thread from the pool. A partition is run by one of them at a time.</summary>
internal sealed class WriterPool : IDisposable
{
    private readonly Queue<PartitionLog> _ready = new();
    private readonly Thread[] _threads;
    private bool _closed;

    public WriterPool(int threads)
    {
        _threads = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"leat-log-writer-{i}" };
            _threads[i].Start();
        }
    }

    /// <summary>The partition has something to do. After <see cref="Dispose"/> its owner does the rest (PartitionLog.Finish).</summary>
    public void Enqueue(PartitionLog partition)
    {
        lock (_ready)
        {
            if (_closed) return;
            _ready.Enqueue(partition);
            Monitor.Pulse(_ready);
        }
    }

    /// <summary>Ends after what is queued was done.</summary>
    public void Dispose()
    {
        lock (_ready)
        {
            _closed = true;
            Monitor.PulseAll(_ready);
        }
        foreach (var thread in _threads) thread.Join();
    }

    private void Work()
    {
        while (Next() is { } partition) partition.RunOnce();
    }

    /// <summary>Waits without spinning: on few cores a spinning writer takes time from those who would give it work.</summary>
    private PartitionLog? Next()
    {
        lock (_ready)
        {
            while (_ready.Count == 0)
            {
                if (_closed) return null;
                _ = Monitor.Wait(_ready);
            }
            return _ready.Dequeue();
        }
    }
}
