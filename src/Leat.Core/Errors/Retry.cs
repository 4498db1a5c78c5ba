namespace Leat.Core;

/// <summary>Whether trying the same call again can help. Retry policies read this and nothing else.</summary>
public enum Retry
{
    /// <summary>The same call fails again.</summary>
    Never,

    /// <summary>A later call may succeed.</summary>
    WithBackoff,
}
