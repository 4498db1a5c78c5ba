using Leat.Core;
using Leat.Flows;

namespace Leat.Serve.Tests.Fakes;

/// <summary>One flow, nightly, with two runs.</summary>
internal sealed class FakeFlows : IFlowRuntime
{
    private static readonly DateTimeOffset Midnight = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly FlowRun[] Runs =
    [
        new("r2", "nightly", RunState.Running, "schedule", Midnight.AddDays(-1), Midnight, Midnight, Midnight.AddSeconds(1), null, "",
            [new TaskRun("build", TaskState.UpForRetry, "", [new TaskAttempt(1, TaskState.Failed, Midnight, Midnight.AddSeconds(2), "LEAT4001: boom")])]),
        new("r1", "nightly", RunState.Success, "manual", Midnight.AddDays(-2), Midnight.AddDays(-1), Midnight, Midnight, Midnight.AddMinutes(1), "", []),
    ];

    public IReadOnlyList<FlowDefinition> List() =>
    [
        new("nightly", "flows/nightly.yml:1:1",
            [new TaskDefinition("build", "models", [], System.Collections.Immutable.ImmutableDictionary<string, string>.Empty, default, new RetryPolicy(0, TimeSpan.Zero, TimeSpan.Zero), null)],
            FlowSchedule.Parse("0 2 * * *", "UTC", "flows/nightly.yml:2:1")),
    ];

    public Task<IReadOnlyList<FlowRun>> HistoryAsync(string? flow, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<FlowRun>>([.. Runs.Take(limit).Select(r => r with { Tasks = [] })]);

    public Task<FlowRun?> FindAsync(string runId, CancellationToken ct) => Task.FromResult(Runs.FirstOrDefault(r => r.RunId == runId));

    public Task<FlowRun> RunAsync(string flow, CancellationToken ct) => throw new NotSupportedException();

    public bool Cancel(string runId) => false;

    public Task<string?> LogAsync(string runId, string task, int attempt, CancellationToken ct) => Task.FromResult<string?>(null);
}
