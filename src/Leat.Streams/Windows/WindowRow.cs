using System.Collections.Immutable;

namespace Leat.Streams.Windows;

/// <summary>A result row of a window.</summary>
/// <param name="Start">Start of the window, ticks since 1970.</param>
/// <param name="Values">Boxed values in the order of the schema.</param>
internal readonly record struct WindowRow(long Start, ImmutableArray<object?> Values)
{
    /// <summary>There is no such row any more: its window became part of another. It has key and window only.</summary>
    public bool IsGone { get; init; }
}
