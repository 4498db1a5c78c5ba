namespace Leat.Flows;

/// <summary>What the tasks before a task must have come to, so that it runs.</summary>
public enum TriggerRule
{
    /// <summary>All succeeded (default).</summary>
    AllSuccess,

    /// <summary>All failed.</summary>
    AllFailed,

    /// <summary>All ended, however.</summary>
    AllDone,

    /// <summary>All ended, at least one succeeded.</summary>
    AllDoneMinOneSuccess,

    /// <summary>All were skipped.</summary>
    AllSkipped,

    /// <summary>One failed; does not wait for the others.</summary>
    OneFailed,

    /// <summary>One succeeded; does not wait for the others.</summary>
    OneSuccess,

    /// <summary>One succeeded or failed; does not wait for the others.</summary>
    OneDone,

    /// <summary>None failed: succeeded or skipped.</summary>
    NoneFailed,

    /// <summary>None failed and one succeeded: the join after a branch.</summary>
    NoneFailedMinOneSuccess,

    /// <summary>None was skipped.</summary>
    NoneSkipped,

    /// <summary>At once.</summary>
    Always,
}
