using Leat.Streams.Aggregates;
using Leat.Streams.Keys;
using Leat.Streams.Operators;

namespace Leat.Streams.Windows;

/// <summary>A kind of window: how state is kept, and how rows find their way into it.</summary>
internal interface IWindowShape
{
    /// <summary>Kind and measures, as text that is equal for shapes whose state is interchangeable.</summary>
    string Signature { get; }

    WindowStore<TKey> CreateStore<TKey>(KeyShape<TKey> shape, AggregateSet aggregates);

    /// <summary>A worker's side of the operator.</summary>
    Stage<T> CreateStage<TKey, T>(WindowOperator<TKey, T> window);
}
