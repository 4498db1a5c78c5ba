using System.Collections.Immutable;

namespace Leat.Streams.Views;

/// <summary>Rows of a view and what they promise.</summary>
/// <param name="Consistency">Fresh or committed.</param>
/// <param name="CheckpointId">Last committed checkpoint when the rows were read.</param>
/// <param name="AsOf">Watermark of the job at that moment, UTC; null before the first event.</param>
/// <param name="Rows">Values in the order of the schema: boxed .NET values, decimals exact, times as UTC DateTime.</param>
public sealed record ViewAnswer(ViewConsistency Consistency, long CheckpointId, DateTime? AsOf, ImmutableArray<ImmutableArray<object?>> Rows);
