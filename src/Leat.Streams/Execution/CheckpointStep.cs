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

    /// <summary>The sinks have committed.</summary>
    Committed,
}
