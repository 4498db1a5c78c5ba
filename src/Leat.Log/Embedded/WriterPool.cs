using System.Collections.Concurrent;

namespace Leat.Log;

/// <summary>Threads of their own for writing and fsync, so that waiting for the disk never takes a thread from the pool. A partition is run by one of them at a time.</summary>
internal sealed class WriterPool : IDisposable
{
    private readonly BlockingCollection<PartitionLog> _ready = [];
    private readonly Thread[] _threads;

    public WriterPool(int threads)
    {
        _threads = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"leat-log-writer-{i}" };
            _threads[i].Start();
        }
    }

    /// <summary>The partition has something to do. After <see cref="Dispose"/> its owner does the rest.</summary>
    public void Enqueue(PartitionLog partition)
    {
        try
        {
            if (!_ready.IsAddingCompleted) _ready.Add(partition);
        }
        catch (InvalidOperationException) when (_ready.IsAddingCompleted)
        {
            // Closing: PartitionLog.Finish commits what is left.
        }
    }

    /// <summary>Ends after what is queued was done.</summary>
    public void Dispose()
    {
        _ready.CompleteAdding();
        foreach (var thread in _threads) thread.Join();
    }

    private void Work()
    {
        foreach (var partition in _ready.GetConsumingEnumerable()) partition.RunOnce();
    }
}
