namespace Leat.Flows;

/// <summary>Settings <c>flows:</c> of leat.yml.</summary>
public sealed class FlowOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Leat:Flows";

    /// <summary>Tasks at once over all flows, 1 to 10,000; 16 by default.</summary>
    public int MaxParallelTasks { get; set; } = 16;

    /// <summary>Runs of a flow that may wait for their turn, 1 to 10,000; a tick beyond is recorded as skipped. 16 by default.</summary>
    public int MaxQueuedRuns { get; set; } = 16;

    /// <summary>Ended runs kept a flow, with their logs, 1 or more; 500 by default.</summary>
    public int KeepRuns { get; set; } = 500;

    /// <summary>Whether schedules tick in this process; true by default.</summary>
    public bool Schedule { get; set; } = true;
}
