using Leat.Streams.Patterns;

namespace Leat.Streams;

/// <summary>Makes a row of the rows of a pattern that was found.</summary>
public delegate TOut PatternSelector<TKey, T, out TOut>(PatternMatch<TKey, T> match);
