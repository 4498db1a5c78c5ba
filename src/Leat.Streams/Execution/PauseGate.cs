namespace Leat.Streams.Execution;

/// <summary>Where workers meet for a checkpoint: the coordinator asks, each worker finishes its chunk and arrives, and goes on when released. Thread-safe.</summary>
internal sealed class PauseGate(int workers)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _asked = New();
    private TaskCompletionSource _allThere = New();
    private TaskCompletionSource _released = New();
    private int _arrived;
    private volatile bool _isAsked;

    public bool IsAsked => _isAsked;

    /// <summary>Completes when a pause is asked for.</summary>
    public Task Asked
    {
        get
        {
            lock (_gate) return _asked.Task;
        }
    }

    /// <summary>Completes when all workers stand still.</summary>
    public Task AskAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            _arrived = 0;
            _allThere = New();
            _released = New();
            _isAsked = true;
            _asked.TrySetResult();
            if (workers == 0) _allThere.TrySetResult();
            return _allThere.Task.WaitAsync(ct);
        }
    }

    /// <summary>The worker stands still until the returned task completes.</summary>
    public Task ArriveAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            if (++_arrived == workers) _allThere.TrySetResult();
            return _released.Task.WaitAsync(ct);
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            _isAsked = false;
            _asked = New();
            _released.TrySetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
