namespace Leat.Flows;

/// <summary>State of a task within a run, and of an attempt of it.</summary>
public enum TaskState
{
    /// <summary>Waits for the tasks before it, or for a free slot.</summary>
    Queued,
    Running,

    /// <summary>Failed, and waits for its next attempt.</summary>
    UpForRetry,
    Success,
    Failed,
    Skipped,

    /// <summary>Did not run because a task before it failed.</summary>
    UpstreamFailed,
}
