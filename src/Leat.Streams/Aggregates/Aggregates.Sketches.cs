using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Streams.Aggregates;

namespace Leat.Streams;

/// <summary>Aggregates that estimate in bounded memory, and spreads.</summary>
public sealed partial class Aggregates<T>
{
    /// <summary>Estimated number of distinct values (HyperLogLog): standard error 1.04 / sqrt(2^precision), 0.8 % for 14; nearly exact up to 2^(precision - 3) values. At most 2^precision bytes a key and window. Null strings are left out.</summary>
    /// <param name="name">Of the column.</param>
    /// <param name="value">Of types that can be keys.</param>
    /// <param name="precision">4 to 18.</param>
    /// <exception cref="LeatException">LEAT2104 a type that cannot be counted.</exception>
    public Aggregates<T> ApproxDistinct<TValue>(string name, Func<T, TValue> value, int precision = 14) => Estimate<TValue>(name, n => new SelectedInput<T, TValue>(n, value), precision);

    /// <inheritdoc cref="ApproxDistinct{TValue}(string, Func{T, TValue}, int)"/>
    public Aggregates<T> ApproxDistinct<TValue>(string name, Func<T, TValue?> value, int precision = 14)
        where TValue : struct => Estimate<TValue>(name, n => new NullableInput<T, TValue>(n, value), precision);

    /// <summary>The value below which a share <paramref name="q"/> of all lies (t-digest), as PERCENTILE_CONT of SQL: exact up to 4 * compression values; then its rank is off by about 2 pi * sqrt(q (1 - q)) / compression + (pi / compression)^2 of all where values lie densely, by up to 2 pi / compression where they repeat or jump (6 % for 100). NaN and infinite values are left out.</summary>
    /// <param name="name">Of the column.</param>
    /// <param name="value">A number.</param>
    /// <param name="q">0 to 1.</param>
    /// <param name="compression">20 to 1,000; memory is about 48 bytes times it, a key and window.</param>
    public Aggregates<T> Quantile(string name, Func<T, double> value, double q, int compression = 100) => Digest(n => new SelectedInput<T, double>(n, value), [(name, q)], compression);

    /// <inheritdoc cref="Quantile(string, Func{T, double}, double, int)"/>
    public Aggregates<T> Quantile(string name, Func<T, double?> value, double q, int compression = 100) => Digest(n => new NullableInput<T, double>(n, value), [(name, q)], compression);

    /// <summary>Several quantiles of one value from one sketch, a column each: <c>a.Quantiles(e => e.Latency, [("p50", 0.5), ("p99", 0.99)])</c>.</summary>
    /// <inheritdoc cref="Quantile(string, Func{T, double}, double, int)" path="/remarks"/>
    public Aggregates<T> Quantiles(Func<T, double> value, ImmutableArray<(string Name, double Q)> columns, int compression = 100) => Digest(n => new SelectedInput<T, double>(n, value), columns, compression);

    /// <inheritdoc cref="Quantiles(Func{T, double}, ImmutableArray{ValueTuple{string, double}}, int)"/>
    public Aggregates<T> Quantiles(Func<T, double?> value, ImmutableArray<(string Name, double Q)> columns, int compression = 100) => Digest(n => new NullableInput<T, double>(n, value), columns, compression);

    /// <summary>
    /// The <paramref name="most"/> most frequent values, text of a JSON list of {"value", "count", "error"}: the value occurred at least count and at most count + error times.
    /// Exact (error 0) up to 2 * counters distinct values; then the error is at most the number of rows divided by (counters + 1). Null values are left out.
    /// </summary>
    /// <param name="name">Of the column.</param>
    /// <param name="value">What is counted.</param>
    /// <param name="most">1 to 1,000.</param>
    /// <param name="counters">From <paramref name="most"/> to 100,000; default: ten times as many, at least 100. Memory is for twice as many values.</param>
    /// <exception cref="LeatException">LEAT2108 a type that results cannot have.</exception>
    public Aggregates<T> HeavyHitters<TValue>(string name, Func<T, TValue> value, int most, int? counters = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 1000);
        var size = counters ?? Math.Max(100, 10 * most);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, most, nameof(counters));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 100_000, nameof(counters));
        var shape = ValueShape<TValue>.Of();
        return Add(new Aggregate<T>(name, AggregateKind.HeavyHitters, DataType.Text, n => new SelectedInput<T, TValue>(n, value), arena => new HeavyHittersColumn<TValue>(shape, (most, size), arena))
        {
            Layout = $"HeavyHitters {size} {shape.Name}",
        });
    }

    /// <summary>Variance of a sample: sum of squared distances from the mean, divided by the count less one; NULL for less than two values. The last bits depend on the order of arrival.</summary>
    public Aggregates<T> Variance(string name, Func<T, double> value) => Fold<double, Spread, VarianceOfDouble>(name, AggregateKind.Variance, DataType.Float64, value);

    /// <inheritdoc cref="Variance(string, Func{T, double})"/>
    public Aggregates<T> Variance(string name, Func<T, double?> value) => FoldNullable<double, Spread, VarianceOfDouble>(name, AggregateKind.Variance, DataType.Float64, value);

    /// <summary>Square root of <see cref="Variance(string, Func{T, double})"/>.</summary>
    public Aggregates<T> StdDev(string name, Func<T, double> value) => Fold<double, Spread, DeviationOfDouble>(name, AggregateKind.StdDev, DataType.Float64, value);

    /// <inheritdoc cref="StdDev(string, Func{T, double})"/>
    public Aggregates<T> StdDev(string name, Func<T, double?> value) => FoldNullable<double, Spread, DeviationOfDouble>(name, AggregateKind.StdDev, DataType.Float64, value);

    private Aggregates<T> Estimate<TValue>(string name, Func<int, AggregateInput<T>> input, int precision)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 18);
        _ = new StableHash<TValue>(); // refuses the type where the job is defined
        return Add(new Aggregate<T>(name, AggregateKind.ApproxDistinct, DataType.Int64, input, _ => new ApproxDistinctColumn<TValue>(new StableHash<TValue>(), precision))
        {
            Layout = $"ApproxDistinct {precision} {typeof(TValue).Name}",
        });
    }

    private Aggregates<T> Digest(Func<int, AggregateInput<T>> input, ImmutableArray<(string Name, double Q)> columns, int compression)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(compression, 20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(compression, 1000);
        ArgumentOutOfRangeException.ThrowIfZero(columns.Length, nameof(columns));
        foreach (var (_, q) in columns) ArgumentOutOfRangeException.ThrowIfNotEqual(q is >= 0 and <= 1, true, nameof(q));
        ImmutableArray<double> shares = [.. columns.Select(c => c.Q)];
        return Add(new Aggregate<T>(columns[0].Name, AggregateKind.Quantile, DataType.Float64, input, _ => new QuantileColumn(shares, compression))
        {
            Fields = [.. columns.Select(c => new Field(c.Name, DataType.Float64))],
            Layout = string.Create(CultureInfo.InvariantCulture, $"Quantile {compression} at {string.Join(' ', shares)}"),
        });
    }
}
