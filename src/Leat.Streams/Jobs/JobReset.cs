namespace Leat.Streams;

/// <summary>What a reset did, and what it left to its caller.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="DroppedCheckpoint">Last checkpoint of the life that ended; 0 = it had none.</param>
/// <param name="Tables">Lake tables that keep the rows written so far: the new life writes its results beside them.</param>
/// <param name="Topics">Topics for which the same holds.</param>
/// <param name="State">State of the job now.</param>
public sealed record JobReset(string Job, long DroppedCheckpoint, IReadOnlyList<string> Tables, IReadOnlyList<string> Topics, string State)
{
    /// <summary>Other sinks that keep what they have: rows appended stay beside those of the new life, which replaces rows by key.</summary>
    public IReadOnlyList<string> Sinks { get; init; } = [];
}
