namespace Leat.Streams.State.Spill;

/// <summary>Memory that the keyed state of one job may take, shared by all of its parts: those that hold more than their share give way first. Thread-safe.</summary>
/// <param name="limit">Bytes.</param>
internal sealed class StateBudget(long limit)
{
    private long _used;
    private int _parts;

    /// <summary>Bytes.</summary>
    public long Limit => limit;

    /// <summary>Bytes in use, as the parts told.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>What changed since the last checkpoint cannot be put on disk: with half more than the limit a checkpoint is needed, and the workers wait for it.</summary>
    public bool IsExceeded => Used > limit + (limit / 2);

    public void Join() => Interlocked.Increment(ref _parts);

    /// <summary>A part uses so many bytes more, or less.</summary>
    public void Add(long change) => Interlocked.Add(ref _used, change);

    /// <summary>Bytes that a part should give up now; 0 = it may keep what it has.</summary>
    /// <param name="used">By the part.</param>
    public long Excess(long used)
    {
        var all = Used;
        if (all <= limit) return 0;
        var share = limit / Math.Max(1, Volatile.Read(ref _parts));
        return used <= share / 2 ? 0 : Math.Max(used / 4, Math.Min(used, used - share + (share / 4)));
    }
}
