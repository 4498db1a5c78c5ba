namespace Leat.Core;

/// <summary>Who has to act on an error.</summary>
public enum Fault
{
    /// <summary>The caller's data, configuration or command.</summary>
    User,

    /// <summary>An outside system: disk, network, database.</summary>
    External,

    /// <summary>A bug in Leat; the only kind that should page someone.</summary>
    Internal,
}
