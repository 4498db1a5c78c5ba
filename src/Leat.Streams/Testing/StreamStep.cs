namespace Leat.Streams.Testing;

/// <summary>One thing that happens in a test of a stream job.</summary>
public abstract record StreamStep
{
    private StreamStep()
    {
    }

    /// <summary>A record arrives.</summary>
    public sealed record Event(string Topic, string Json, int Partition = 0) : StreamStep;

    /// <summary>A source promises that no earlier event follows; without a partition in all of them.</summary>
    public sealed record Watermark(string Topic, DateTime Time, int? Partition = null) : StreamStep;

    /// <summary>All that arrived is processed; no checkpoint.</summary>
    public sealed record Process : StreamStep;

    /// <summary>All that arrived is processed, checkpointed and committed, lake included.</summary>
    public sealed record Checkpoint : StreamStep;

    /// <summary>The process dies after having processed all that arrived, and starts again; so does one whose job has failed.</summary>
    public sealed record Kill : StreamStep;

    /// <summary>The process dies inside a checkpoint, and starts again.</summary>
    public sealed record KillAt(CheckpointStep Step) : StreamStep;

    /// <summary>Time passes on the job's clock.</summary>
    public sealed record Pass(TimeSpan By) : StreamStep;
}
