namespace Leat.Streams;

/// <summary>A checkpoint with all it needs in a folder of its own, which nothing removes.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Path">Folder, absolute.</param>
/// <param name="CheckpointId">Checkpoint that it is a copy of.</param>
/// <param name="SizeBytes">Of the state.</param>
public sealed record Savepoint(string Job, string Path, long CheckpointId, long SizeBytes);
