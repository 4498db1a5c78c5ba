using Leat.Core;

namespace Leat.Flows;

/// <summary>Flows of the project: what there is, what ran, and running them in this process.</summary>
public interface IFlowRuntime
{
    /// <summary>All flows, by name.</summary>
    /// <exception cref="LeatException">LEAT5002-5008: a definition cannot run.</exception>
    IReadOnlyList<FlowDefinition> List();

    /// <summary>Runs a flow now and waits for its end. Cancelling <paramref name="ct"/> cancels the run, which then is returned as cancelled.</summary>
    /// <returns>The run with tasks and attempts, whatever it came to.</returns>
    /// <exception cref="LeatException">LEAT5001 no such flow.</exception>
    Task<FlowRun> RunAsync(string flow, CancellationToken ct);

    /// <summary>Newest runs first, without their tasks.</summary>
    /// <param name="flow">Flow, or null for all.</param>
    /// <param name="limit">Most runs.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<FlowRun>> HistoryAsync(string? flow, int limit, CancellationToken ct);

    /// <summary>One run with tasks and attempts, or null.</summary>
    Task<FlowRun?> FindAsync(string runId, CancellationToken ct);

    /// <summary>Asks a run of this process to end; false when it does not run or wait here.</summary>
    bool Cancel(string runId);

    /// <summary>Log of an attempt that ended, null otherwise.</summary>
    Task<string?> LogAsync(string runId, string task, int attempt, CancellationToken ct);
}
