using System.Collections.Immutable;

namespace Leat.Streams.Views;

/// <summary>Rows that changed since the frame before; a row with the same key and window replaces the one before.</summary>
/// <param name="Sequence">Counted from 1 for each subscription.</param>
/// <param name="Consistency">Fresh or committed.</param>
/// <param name="CheckpointId">Last committed checkpoint.</param>
/// <param name="AsOf">Watermark, UTC.</param>
/// <param name="LatencyMs">Milliseconds from the append of the newest event in this frame to its visibility in the view; null when unknown.</param>
/// <param name="Rows">Changed rows in the order of the schema.</param>
public sealed record ViewFrame(long Sequence, ViewConsistency Consistency, long CheckpointId, DateTime? AsOf, double? LatencyMs, ImmutableArray<ImmutableArray<object?>> Rows)
{
    /// <summary>Rows that are no more, because their window became part of another: key and window_start of each.</summary>
    public ImmutableArray<ImmutableArray<object?>> Removed { get; init; } = [];
}
