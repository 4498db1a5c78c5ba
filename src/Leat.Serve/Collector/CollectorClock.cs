using Leat.Serve.Metrics;

namespace Leat.Serve.Collector;

/// <summary>Record times, and how long appends take.</summary>
internal sealed class CollectorClock(TimeProvider time, ServeMetrics metrics)
{
    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public long Start() => time.GetTimestamp();

    public void Stored(string topic, long bytes, long started) => metrics.Collected(topic, bytes, time.GetElapsedTime(started));
}
