using System.Collections.Immutable;

namespace Leat.Streams.Views;

/// <summary>A row of a view as a checkpoint saved it.</summary>
/// <param name="Window">Start of its window, ticks since 1970.</param>
/// <param name="Key">Its key as text.</param>
/// <param name="Row">Values; of a row that is gone the key and the window only.</param>
/// <param name="IsGone">There is no such row any more.</param>
internal readonly record struct ViewChange(long Window, string Key, ImmutableArray<object?> Row, bool IsGone);
