using Leat.Streams.Keys;

namespace Leat.Streams.Windows;

/// <summary>The keyed stream that a window is over.</summary>
/// <param name="Shape">Of the key.</param>
/// <param name="Key">Key of a row.</param>
/// <param name="Delay">How far the stream's watermark is behind the job's, ticks.</param>
internal sealed record WindowInput<TKey, T>(KeyShape<TKey> Shape, Func<T, TKey> Key, long Delay);
