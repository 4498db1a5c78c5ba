using Leat.Streams.Graph;
using Leat.Streams.Keys;

namespace Leat.Streams.Operators;

/// <summary>A stream by key, as operators take it in.</summary>
internal sealed record KeyedInput<TKey, T>(StreamNode<T> Node, KeyShape<TKey> Shape, Func<T, TKey> Key);
