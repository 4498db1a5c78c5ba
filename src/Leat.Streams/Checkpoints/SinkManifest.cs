using System.Collections.Immutable;

namespace Leat.Streams.Checkpoints;

/// <summary>Rows that an epoch holds for a sink.</summary>
/// <param name="Sink">Name of the sink.</param>
/// <param name="Shape">Text that is equal where rows are interchangeable.</param>
/// <param name="Files">Names of the files with the rows, oldest first, in the folder of the checkpoint.</param>
/// <param name="SizeBytes">Of the files.</param>
/// <param name="Commits">The sink commits them at this epoch; else they wait for a later one.</param>
internal sealed record SinkManifest(string Sink, string Shape, ImmutableArray<string> Files, long SizeBytes, bool Commits)
{
    /// <summary>They are left out when the checkpoint is loaded, as somebody allowed.</summary>
    public bool Dropped { get; init; }
}
