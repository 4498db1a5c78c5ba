namespace Leat.Flows;

/// <summary>State of a run.</summary>
public enum RunState
{
    /// <summary>Waits for its turn.</summary>
    Queued,
    Running,

    /// <summary>Every task succeeded or was skipped.</summary>
    Success,

    /// <summary>At least one task failed.</summary>
    Failed,

    /// <summary>Ended by request.</summary>
    Cancelled,

    /// <summary>Did not start: too many runs of the flow were waiting.</summary>
    Skipped,
}
