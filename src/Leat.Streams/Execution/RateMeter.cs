namespace Leat.Streams.Execution;

/// <summary>Events a second over the last seconds. One writer.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private const int Samples = 5;
    private readonly Queue<(long Stamp, long Count)> _samples = new();
    private long _last = time.GetTimestamp();
    private double _perSecond;

    public double PerSecond => Volatile.Read(ref _perSecond);

    /// <summary>Counts from here on.</summary>
    public void Begin(long count)
    {
        _samples.Clear();
        _last = time.GetTimestamp();
        _samples.Enqueue((_last, count));
    }

    /// <summary>Takes a sample when half a second has gone by since the last.</summary>
    public bool Sample(long count)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_last, now) < TimeSpan.FromMilliseconds(500)) return false;
        _last = now;
        _samples.Enqueue((now, count));
        if (_samples.Count > Samples) _samples.Dequeue();
        var (firstStamp, firstCount) = _samples.Peek();
        var seconds = time.GetElapsedTime(firstStamp, now).TotalSeconds;
        Volatile.Write(ref _perSecond, seconds > 0 ? (count - firstCount) / seconds : 0);
        return true;
    }
}
