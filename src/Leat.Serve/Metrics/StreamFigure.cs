using Leat.Streams;

namespace Leat.Serve.Metrics;

/// <summary>A figure of a stream job as a metric.</summary>
internal sealed record StreamFigure(string Name, string Type, string Help, Func<JobStatus, double?> Value)
{
    public static readonly StreamFigure[] All =
    [
        new("leat_stream_up", "gauge", "1 while the job runs", j => j.State == "running" ? 1 : 0),
        new("leat_stream_events_total", "counter", "Records read since start", j => j.EventsRead),
        new("leat_stream_late_events_total", "counter", "Records that came after their window was final", j => j.LateEvents),
        new("leat_stream_dead_events_total", "counter", "Records sent to the dead-letter topic", j => j.DeadEvents),
        new("leat_stream_lag", "gauge", "Records appended but not yet read", j => j.Lag),
        new("leat_stream_checkpoint_id", "gauge", "Last committed checkpoint", j => j.CheckpointId),
        new("leat_stream_checkpoint_seconds", "gauge", "Duration of the last checkpoint", j => j.CheckpointMs / 1000),
        new("leat_stream_latency_p50_seconds", "gauge", "Append to view, median of the last minute", j => j.LatencyP50Ms / 1000),
        new("leat_stream_latency_p99_seconds", "gauge", "Append to view, 99th percentile of the last minute", j => j.LatencyP99Ms / 1000),
    ];
}
