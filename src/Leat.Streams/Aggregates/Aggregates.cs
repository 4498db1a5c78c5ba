using System.Collections.Immutable;
using System.Numerics;
using Leat.Core;
using Leat.Streams.Aggregates;
using Leat.Streams.Decoding;
using Leat.Streams.Keys;

namespace Leat.Streams;

/// <summary>The result columns of a window, in the order they are added. Values that are null are left out; without any value the result is NULL (count and distinct: 0).</summary>
/// <remarks>Sums and averages of decimals are exact; of doubles they depend on the order of arrival in the last bits.</remarks>
public sealed partial class Aggregates<T>
{
    private readonly List<Aggregate<T>> _columns = [];

    internal ImmutableArray<Aggregate<T>> Columns => [.. _columns];

    /// <summary>Rows of the window.</summary>
    public Aggregates<T> Count(string name = "count") => Add(new Aggregate<T>(name, AggregateKind.Count, DataType.Int64, _ => new NoInput<T>(), _ => new CountColumn()) { CreateRunning = _ => new CountColumn() });

    /// <summary>Rows of the window for which <paramref name="where"/> holds.</summary>
    public Aggregates<T> Count(string name, Func<T, bool> where) => Where(where, rows => rows.Count(name));

    /// <summary>Results of those rows alone for which <paramref name="where"/> holds; the selectors are not called for the others: <c>a.Count("orders").Where(o => o.IsPaid, paid => paid.Count("paid").Sum("revenue", o => o.Amount))</c>.</summary>
    public Aggregates<T> Where(Func<T, bool> where, Func<Aggregates<T>, Aggregates<T>> columns)
    {
        foreach (var column in columns(new Aggregates<T>())._columns) Add(column with { CreateInput = n => new FilteredInput<T>(n, where, column.CreateInput(n)) });
        return this;
    }

    public Aggregates<T> Sum(string name, Func<T, long> value) => Fold<long, Counted<long>, SumOfLong>(name, AggregateKind.Sum, DataType.Int64, value);

    public Aggregates<T> Sum(string name, Func<T, long?> value) => FoldNullable<long, Counted<long>, SumOfLong>(name, AggregateKind.Sum, DataType.Int64, value);

    public Aggregates<T> Sum(string name, Func<T, double> value) => Fold<double, Counted<double>, SumOfDouble>(name, AggregateKind.Sum, DataType.Float64, value);

    public Aggregates<T> Sum(string name, Func<T, double?> value) => FoldNullable<double, Counted<double>, SumOfDouble>(name, AggregateKind.Sum, DataType.Float64, value);

    /// <summary>Exact sum, column DECIMAL(38, <paramref name="scale"/>). A record whose value has more digits after the point goes to the dead-letter topic (LEAT2116).</summary>
    public Aggregates<T> Sum(string name, Func<T, decimal> value, int scale = Values.DecimalScale) =>
        FoldDecimal<SumOfDecimal>(name, AggregateKind.Sum, DataType.Decimal(38, scale), row => InScale(value(row), scale, name));

    /// <inheritdoc cref="Sum(string, Func{T, decimal}, int)"/>
    public Aggregates<T> Sum(string name, Func<T, decimal?> value, int scale = Values.DecimalScale) =>
        FoldDecimalNullable<SumOfDecimal>(name, AggregateKind.Sum, DataType.Decimal(38, scale), row => value(row) is { } present ? InScale(present, scale, name) : null);

    public Aggregates<T> Avg(string name, Func<T, long> value) => Fold<long, Counted<long>, AverageOfLong>(name, AggregateKind.Average, DataType.Float64, value);

    public Aggregates<T> Avg(string name, Func<T, long?> value) => FoldNullable<long, Counted<long>, AverageOfLong>(name, AggregateKind.Average, DataType.Float64, value);

    public Aggregates<T> Avg(string name, Func<T, double> value) => Fold<double, Counted<double>, AverageOfDouble>(name, AggregateKind.Average, DataType.Float64, value);

    public Aggregates<T> Avg(string name, Func<T, double?> value) => FoldNullable<double, Counted<double>, AverageOfDouble>(name, AggregateKind.Average, DataType.Float64, value);

    /// <summary>Exact sum divided by the count, rounded half to even to six digits after the point.</summary>
    public Aggregates<T> Avg(string name, Func<T, decimal> value) => FoldDecimal<AverageOfDecimal>(name, AggregateKind.Average, Values.ColumnType(typeof(decimal)), value);

    /// <inheritdoc cref="Avg(string, Func{T, decimal})"/>
    public Aggregates<T> Avg(string name, Func<T, decimal?> value) =>
        FoldDecimalNullable<AverageOfDecimal>(name, AggregateKind.Average, Values.ColumnType(typeof(decimal)), value);

    public Aggregates<T> Min(string name, Func<T, long> value) => Fold<long, Counted<long>, Smallest<long>>(name, AggregateKind.Min, DataType.Int64, value);

    public Aggregates<T> Min(string name, Func<T, double> value) => Fold<double, Counted<double>, Smallest<double>>(name, AggregateKind.Min, DataType.Float64, value);

    public Aggregates<T> Min(string name, Func<T, long?> value) => FoldNullable<long, Counted<long>, Smallest<long>>(name, AggregateKind.Min, DataType.Int64, value);

    public Aggregates<T> Min(string name, Func<T, double?> value) => FoldNullable<double, Counted<double>, Smallest<double>>(name, AggregateKind.Min, DataType.Float64, value);

    public Aggregates<T> Min(string name, Func<T, decimal?> value, int scale = Values.DecimalScale) =>
        FoldNullable<decimal, Counted<decimal>, Smallest<decimal>>(name, AggregateKind.Min, DataType.Decimal(38, scale), row => value(row) is { } present ? InScale(present, scale, name) : null);

    public Aggregates<T> Min(string name, Func<T, decimal> value, int scale = Values.DecimalScale) =>
        Fold<decimal, Counted<decimal>, Smallest<decimal>>(name, AggregateKind.Min, DataType.Decimal(38, scale), row => InScale(value(row), scale, name));

    public Aggregates<T> Max(string name, Func<T, long> value) => Fold<long, Counted<long>, Largest<long>>(name, AggregateKind.Max, DataType.Int64, value);

    public Aggregates<T> Max(string name, Func<T, double> value) => Fold<double, Counted<double>, Largest<double>>(name, AggregateKind.Max, DataType.Float64, value);

    public Aggregates<T> Max(string name, Func<T, long?> value) => FoldNullable<long, Counted<long>, Largest<long>>(name, AggregateKind.Max, DataType.Int64, value);

    public Aggregates<T> Max(string name, Func<T, double?> value) => FoldNullable<double, Counted<double>, Largest<double>>(name, AggregateKind.Max, DataType.Float64, value);

    public Aggregates<T> Max(string name, Func<T, decimal?> value, int scale = Values.DecimalScale) =>
        FoldNullable<decimal, Counted<decimal>, Largest<decimal>>(name, AggregateKind.Max, DataType.Decimal(38, scale), row => value(row) is { } present ? InScale(present, scale, name) : null);

    public Aggregates<T> Max(string name, Func<T, decimal> value, int scale = Values.DecimalScale) =>
        Fold<decimal, Counted<decimal>, Largest<decimal>>(name, AggregateKind.Max, DataType.Decimal(38, scale), row => InScale(value(row), scale, name));

    /// <summary>Distinct values, exact; every value is kept until its window is final. Null strings are left out.</summary>
    public Aggregates<T> Distinct<TValue>(string name, Func<T, TValue> value)
    {
        var shape = KeyShape<TValue>.Of();
        return Add(new Aggregate<T>(name, AggregateKind.Distinct, DataType.Int64, n => new SelectedInput<T, TValue>(n, value), arena => new DistinctColumn<TValue>(shape, arena)) { CreateRunning = arena => new RunningDistinctColumn<TValue>(shape, arena) });
    }

    /// <inheritdoc cref="Distinct{TValue}(string, Func{T, TValue})"/>
    public Aggregates<T> Distinct<TValue>(string name, Func<T, TValue?> value)
        where TValue : struct
    {
        var shape = KeyShape<TValue>.Of();
        return Add(new Aggregate<T>(name, AggregateKind.Distinct, DataType.Int64, n => new NullableInput<T, TValue>(n, value), arena => new DistinctColumn<TValue>(shape, arena)) { CreateRunning = arena => new RunningDistinctColumn<TValue>(shape, arena) });
    }

    private Aggregates<T> Add(Aggregate<T> column)
    {
        _columns.Add(column);
        return this;
    }

    private static decimal InScale(decimal value, int scale, string name) =>
        value.Scale <= scale ? value : decimal.Round(value, scale) is var cut && cut == value ? cut : throw StreamErrors.Scale(name, value, scale);
}
