namespace Leat.Streams;

/// <summary>How a stopped job starts.</summary>
/// <param name="FromSavepoint">Folder of a savepoint to go on from; null = the last checkpoint. What the job wrote to sinks after the savepoint stays there and is written again.</param>
/// <param name="AllowDroppedState">State of operators that the job no longer has is left out.</param>
public sealed record StreamStart(string? FromSavepoint = null, bool AllowDroppedState = false);
