namespace Leat.Streams.Checkpoints;

/// <summary>An operator or lake sink that a checkpoint holds something of.</summary>
/// <param name="Id">Name of the operator, or its kind and number; table of the sink.</param>
/// <param name="Shape">Text that is equal where the state is interchangeable.</param>
/// <param name="Dropped">Its state is left out when the checkpoint is loaded, as somebody allowed.</param>
internal sealed record SavedPart(string Id, string Shape, bool Dropped = false);
