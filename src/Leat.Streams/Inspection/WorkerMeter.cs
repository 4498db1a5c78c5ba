namespace Leat.Streams.Inspection;

/// <summary>How long a worker waited, in ticks of 100 ns. Written by the worker when a wait begins and ends, so that a record costs nothing; read by the coordinator.</summary>
internal sealed class WorkerMeter(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private long _waited;
    private long _held;
    private long _since;
    private bool _isWaiting;
    private bool _isHeld;

    /// <summary>The worker waits from now on.</summary>
    /// <param name="isHeld">For the sinks, not for data or a checkpoint.</param>
    public void Wait(bool isHeld)
    {
        lock (_gate) (_since, _isWaiting, _isHeld) = (Now(), true, isHeld);
    }

    /// <summary>The worker goes on.</summary>
    public void Work()
    {
        lock (_gate)
        {
            Add(Now());
            _isWaiting = false;
        }
    }

    /// <summary>Time waited since the start, and how much of it for the sinks.</summary>
    public (long Waited, long Held) Read()
    {
        lock (_gate)
        {
            if (_isWaiting) Add(Now());
            return (_waited, _held);
        }
    }

    private void Add(long now)
    {
        _waited += now - _since;
        if (_isHeld) _held += now - _since;
        _since = now;
    }

    private long Now() => time.GetElapsedTime(_start).Ticks;
}
