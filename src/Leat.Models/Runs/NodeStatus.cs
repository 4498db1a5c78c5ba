namespace Leat.Models;

/// <summary>How a node ended, in dbt's words.</summary>
public enum NodeStatus
{
    /// <summary>A model or seed was built, or a template compiled.</summary>
    Success,

    /// <summary>A test found nothing.</summary>
    Pass,

    /// <summary>A test of severity warn found rows.</summary>
    Warn,

    /// <summary>A test of severity error found rows.</summary>
    Fail,

    /// <summary>Could not be compiled or run.</summary>
    Error,

    /// <summary>Something before it failed.</summary>
    Skipped,

    /// <summary>Nothing to do: an ephemeral model, or a listed node.</summary>
    NoOp,
}
