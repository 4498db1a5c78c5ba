using Leat.Streams.Sinks;

namespace Leat.Streams.Execution;

/// <summary>Counts of a run and its late and dead records. Thread-safe.</summary>
internal sealed class RunOutputs(string job, TimeProvider time, StreamOptions options, TopicSinks topics)
{
    private long _read;
    private long _late;
    private long _dead;
    private long _deadNow;

    public string Job => job;

    public TimeProvider Time => time;

    public TopicSinks Topics => topics;

    public LatencyWindow Latency { get; } = new(time);

    public long EventsRead => Interlocked.Read(ref _read);

    /// <summary>Since the job's first start.</summary>
    public long LateEvents => Interlocked.Read(ref _late);

    /// <summary>Since the job's first start.</summary>
    public long DeadEvents => Interlocked.Read(ref _dead);

    public void Read(int records) => Interlocked.Add(ref _read, records);

    public void Late(string? topic, PendingRecord record)
    {
        Interlocked.Increment(ref _late);
        Topics.Add(topic ?? $"{job}.late", record);
    }

    /// <exception cref="Leat.Core.LeatException">LEAT2115 too many.</exception>
    public void Dead(string topic, PendingRecord record, string reason)
    {
        Interlocked.Increment(ref _dead);
        var dead = Interlocked.Increment(ref _deadNow);
        Topics.Add(topic, record);
        if (dead >= options.MinDeadRecords && dead > options.MaxDeadShare * Math.Max(EventsRead, dead)) throw StreamErrors.TooManyDead(job, dead, Math.Max(EventsRead, dead), reason);
    }

    /// <summary>Records appended between these times can be seen in the views now.</summary>
    public void Visible(long oldestMs, long newestMs)
    {
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        Latency.Add(now - oldestMs);
        if (newestMs != oldestMs) Latency.Add(now - newestMs);
    }

    public void Restore(long late, long dead) => (_late, _dead) = (late, dead);
}
