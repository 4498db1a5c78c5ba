using Leat.Flows;

namespace Leat.Serve.Flows;

/// <summary>A flow in <c>GET /v1/flows</c>.</summary>
/// <param name="Name">Name of the flow.</param>
/// <param name="DeclaredAt">Class, or file with line and column.</param>
/// <param name="Schedule">Cron expression; null = only when asked.</param>
/// <param name="TimeZone">Zone of the schedule.</param>
/// <param name="MaxActiveRuns">Runs at once.</param>
/// <param name="Tasks">Tasks, each after the ones it waits for.</param>
/// <param name="LastRun">Newest run, without tasks; null before the first.</param>
internal sealed record FlowAnswer(string Name, string DeclaredAt, string? Schedule, string? TimeZone, int MaxActiveRuns, IReadOnlyList<FlowTaskAnswer> Tasks, FlowRun? LastRun);
