namespace Leat.Streams;

/// <summary>The points of a checkpoint between which a crash makes a difference.</summary>
public enum CheckpointStep
{
    /// <summary>Workers stand still and the state is captured; nothing is on disk.</summary>
    Captured,

    /// <summary>Lake files are written, not visible.</summary>
    Staged,

    /// <summary>The journal is durable, the record is not written.</summary>
    Journaled,

    /// <summary>The record is durable: the commit point.</summary>
    Recorded,

    /// <summary>Some sinks have committed, others have not; not passed by jobs with one sink.</summary>
    Delivering = 5,

    /// <summary>The sinks have committed.</summary>
    Committed = 4,
}
