namespace Leat.Streams.Execution;

/// <summary>How long the checkpoint under way has taken, commits of the sinks included. While it takes too long, as sinks are away, the workers stand: no window closes meanwhile, so what they read would pile up. Begun and ended by the coordinator, asked by all.</summary>
internal sealed class CheckpointWatch(TimeProvider time, TimeSpan patience)
{
    private const long None = long.MinValue;
    private long _since = None;

    /// <summary>Workers must not read further.</summary>
    public bool IsOverdue => Volatile.Read(ref _since) is var since && since != None && time.GetElapsedTime(since) > patience;

    public void Begin() => Volatile.Write(ref _since, time.GetTimestamp());

    public void End() => Volatile.Write(ref _since, None);
}
