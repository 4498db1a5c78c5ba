using Leat.Core;
using Leat.Streams.Aggregates;
using Leat.Streams.Decoding;

namespace Leat.Streams;

/// <summary>Aggregates that pick values of rows. What they answer depends on the rows alone, not on when they came or were merged.</summary>
public sealed partial class Aggregates<T>
{
    /// <summary>The smallest value by code points.</summary>
    public Aggregates<T> Min(string name, Func<T, Text> value) => Extreme(name, AggregateKind.Min, value);

    /// <inheritdoc cref="Min(string, Func{T, Text})"/>
    public Aggregates<T> Min(string name, Func<T, string?> value) => Extreme(name, AggregateKind.Min, value);

    public Aggregates<T> Min(string name, Func<T, DateTime> value) => Extreme(name, AggregateKind.Min, value);

    public Aggregates<T> Min(string name, Func<T, DateTime?> value) => Extreme(name, AggregateKind.Min, value);

    public Aggregates<T> Min(string name, Func<T, DateOnly> value) => Extreme(name, AggregateKind.Min, value);

    /// <summary>The largest value by code points.</summary>
    public Aggregates<T> Max(string name, Func<T, Text> value) => Extreme(name, AggregateKind.Max, value);

    /// <inheritdoc cref="Max(string, Func{T, Text})"/>
    public Aggregates<T> Max(string name, Func<T, string?> value) => Extreme(name, AggregateKind.Max, value);

    public Aggregates<T> Max(string name, Func<T, DateTime> value) => Extreme(name, AggregateKind.Max, value);

    public Aggregates<T> Max(string name, Func<T, DateTime?> value) => Extreme(name, AggregateKind.Max, value);

    public Aggregates<T> Max(string name, Func<T, DateOnly> value) => Extreme(name, AggregateKind.Max, value);

    /// <summary>The value of the row with the earliest event time; of several such rows the smallest value. Rows whose value is null are left out.</summary>
    /// <exception cref="LeatException">LEAT2108 a type that results cannot have.</exception>
    public Aggregates<T> First<TValue>(string name, Func<T, TValue> value) => Chosen<long, TValue>(name, AggregateKind.First, (n, selector) => new TimedInput<T, TValue>(n, selector), value);

    /// <summary>The value of the row with the latest event time; of several such rows the smallest value. Rows whose value is null are left out.</summary>
    /// <exception cref="LeatException">LEAT2108 a type that results cannot have.</exception>
    public Aggregates<T> Last<TValue>(string name, Func<T, TValue> value) => Chosen<long, TValue>(name, AggregateKind.Last, (n, selector) => new TimedInput<T, TValue>(n, selector), value);

    /// <summary>The value of the row where <paramref name="by"/> is smallest; of several such rows the smallest value. Rows where either is null are left out.</summary>
    /// <exception cref="LeatException">LEAT2108 a type that results cannot have.</exception>
    public Aggregates<T> ArgMin<TOrder, TValue>(string name, Func<T, TOrder> by, Func<T, TValue> value) =>
        Chosen<TOrder, TValue>(name, AggregateKind.ArgMin, (n, selector) => new PairInput<T, TOrder, TValue>(n, by, selector), value);

    /// <summary>The value of the row where <paramref name="by"/> is largest; of several such rows the smallest value. Rows where either is null are left out.</summary>
    /// <exception cref="LeatException">LEAT2108 a type that results cannot have.</exception>
    public Aggregates<T> ArgMax<TOrder, TValue>(string name, Func<T, TOrder> by, Func<T, TValue> value) =>
        Chosen<TOrder, TValue>(name, AggregateKind.ArgMax, (n, selector) => new PairInput<T, TOrder, TValue>(n, by, selector), value);

    /// <summary>The <paramref name="most"/> rows where <paramref name="by"/> is largest, best first, those of the same rank by value: text of a JSON list of {"value", "by"}. Rows where either is null are left out.</summary>
    /// <param name="name">Of the column.</param>
    /// <param name="most">1 to 1,000.</param>
    /// <param name="by">What makes a row come first.</param>
    /// <param name="value">What is kept of it.</param>
    /// <exception cref="LeatException">LEAT2108 a type that results cannot have.</exception>
    public Aggregates<T> Top<TOrder, TValue>(string name, int most, Func<T, TOrder> by, Func<T, TValue> value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 1000);
        var (orders, values) = (ValueShape<TOrder>.Of(), ValueShape<TValue>.Of());
        return Add(new Aggregate<T>(name, AggregateKind.Top, DataType.Text, n => new PairInput<T, TOrder, TValue>(n, by, value), arena => new TopColumn<TOrder, TValue>(orders, values, most, arena))
        {
            Layout = $"Top {most} {values.Name} by {orders.Name}",
        });
    }

    private Aggregates<T> Extreme<TValue>(string name, AggregateKind kind, Func<T, TValue> value)
    {
        var shape = ValueShape<TValue>.Of();
        return Add(new Aggregate<T>(name, kind, shape.Type, n => new SelectedInput<T, TValue>(n, value), arena => new ExtremeColumn<TValue>(shape, kind == AggregateKind.Max, arena)) { Layout = $"{kind} {shape.Name}" });
    }

    private Aggregates<T> Chosen<TOrder, TValue>(string name, AggregateKind kind, Func<int, Func<T, TValue>, AggregateInput<T>> input, Func<T, TValue> value)
    {
        var (orders, values) = (ValueShape<TOrder>.Of(), ValueShape<TValue>.Of());
        var largest = kind is AggregateKind.Last or AggregateKind.ArgMax;
        return Add(new Aggregate<T>(name, kind, values.Type, n => input(n, InColumn(name, value)), arena => new ChosenColumn<TOrder, TValue>(orders, values, largest, arena))
        {
            Layout = $"{kind} {values.Name} by {orders.Name}",
        });
    }

    /// <summary>The selector, refusing decimals with more digits than a column keeps.</summary>
    private static Func<T, TValue> InColumn<TValue>(string name, Func<T, TValue> value) => value switch
    {
        Func<T, decimal> number => (Func<T, TValue>)(object)new Func<T, decimal>(row => InScale(number(row), Values.DecimalScale, name)),
        Func<T, decimal?> number => (Func<T, TValue>)(object)new Func<T, decimal?>(row => number(row) is { } present ? InScale(present, Values.DecimalScale, name) : null),
        _ => value,
    };
}
