namespace Leat.Bench.Latency;

/// <summary>One measurement.</summary>
/// <param name="EventsPerSecond">Rate of appending.</param>
/// <param name="WarmUp">Sent and counted, not measured.</param>
/// <param name="Measured">Measured after it.</param>
internal sealed record LatencyPlan(int EventsPerSecond, TimeSpan WarmUp, TimeSpan Measured);
