using System.Collections.Immutable;
using Leat.Streams.Aggregates;
using Leat.Streams.Windows;

namespace Leat.Streams;

/// <summary>Windows that wait for what is to be computed.</summary>
public sealed class WindowedStream<TKey, T>
{
    private readonly Func<ImmutableArray<Aggregate<T>>, WindowResult<TKey>> _make;

    internal WindowedStream(Func<ImmutableArray<Aggregate<T>>, WindowResult<TKey>> make) => _make = make;

    /// <summary>Rows a key and window, in column "count".</summary>
    public WindowResult<TKey> Count() => Aggregate(a => a.Count());

    /// <summary>Several results a key and window: <c>a => a.Count("orders").Sum("revenue", e => e.Amount)</c>.</summary>
    public WindowResult<TKey> Aggregate(Func<Aggregates<T>, Aggregates<T>> columns) => _make(columns(new Aggregates<T>()).Columns);
}
