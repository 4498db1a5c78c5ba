namespace Leat.Serve.Streams;

/// <summary>Body of the posts to a stream job; each takes the members that concern it.</summary>
/// <param name="Savepoint">Of stop: make a savepoint of this name; of savepoint: its name. A name of letters, digits, '_', '-' and '.', under the data folder; empty = one by the checkpoint.</param>
/// <param name="FromSavepoint">Of start: name of a savepoint of the job.</param>
/// <param name="AllowDroppedState">Of start: leave out state of operators that the job no longer has.</param>
/// <param name="Confirm">Of reset: must be true.</param>
internal sealed record StreamQuestion(string? Savepoint, string? FromSavepoint, bool AllowDroppedState, bool Confirm);
