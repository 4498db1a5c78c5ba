namespace Leat.Streams;

/// <summary>A running job in figures.</summary>
/// <param name="Name">Job name.</param>
/// <param name="State">starting, running, failed, stopped.</param>
/// <param name="Error">Why it failed, what it waits for, or that it was stopped on request; null otherwise.</param>
/// <param name="EventsRead">Records read since start.</param>
/// <param name="EventsPerSecond">Rate over the last seconds.</param>
/// <param name="LateEvents">Records that came after their window was final; counted since the job's first start.</param>
/// <param name="DeadEvents">Records sent to the dead-letter topic.</param>
/// <param name="Lag">Records appended but not yet read.</param>
/// <param name="Watermark">Event time, UTC; null before the first event.</param>
/// <param name="CheckpointId">Last committed checkpoint.</param>
/// <param name="CheckpointMs">Duration of the last checkpoint.</param>
/// <param name="LatencyP50Ms">Append to view, median of the last minute; null without data.</param>
/// <param name="LatencyP99Ms">Append to view, 99th percentile of the last minute; null without data.</param>
public record JobStatus(
    string Name, string State, string? Error, long EventsRead, double EventsPerSecond, long LateEvents, long DeadEvents, long Lag,
    DateTime? Watermark, long CheckpointId, double CheckpointMs, double? LatencyP50Ms, double? LatencyP99Ms);
