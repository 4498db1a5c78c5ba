using Leat.Core;
using Leat.Streams.Aggregates;

namespace Leat.Streams;

/// <summary>How aggregates that are folds are made.</summary>
public sealed partial class Aggregates<T>
{
    private Aggregates<T> Fold<TValue, TState, TFold>(string name, AggregateKind kind, DataType type, Func<T, TValue> value)
        where TFold : struct, IFold<TValue, TState> => Fold<TValue, TState, TFold>(name, kind, type, n => new SelectedInput<T, TValue>(n, value));

    private Aggregates<T> FoldNullable<TValue, TState, TFold>(string name, AggregateKind kind, DataType type, Func<T, TValue?> value)
        where TValue : struct
        where TFold : struct, IFold<TValue, TState> => Fold<TValue, TState, TFold>(name, kind, type, n => new NullableInput<T, TValue>(n, value));

    private Aggregates<T> Fold<TValue, TState, TFold>(string name, AggregateKind kind, DataType type, Func<int, AggregateInput<T>> input)
        where TFold : struct, IFold<TValue, TState>
    {
        var fold = new Aggregate<T>(name, kind, type, input, _ => new FoldColumn<TValue, TState, TFold>(name));
        return Add(TFold.CanDeduct ? fold with { CreateRunning = fold.CreateColumn } : fold);
    }

    private Aggregates<T> FoldDecimal<TFold>(string name, AggregateKind kind, DataType type, Func<T, decimal> value)
        where TFold : struct, IFold<decimal, Counted<ExactSum>> => FoldDecimal<TFold>(name, kind, type, n => new SelectedInput<T, decimal>(n, value));

    private Aggregates<T> FoldDecimalNullable<TFold>(string name, AggregateKind kind, DataType type, Func<T, decimal?> value)
        where TFold : struct, IFold<decimal, Counted<ExactSum>> => FoldDecimal<TFold>(name, kind, type, n => new NullableInput<T, decimal>(n, value));

    private Aggregates<T> FoldDecimal<TFold>(string name, AggregateKind kind, DataType type, Func<int, AggregateInput<T>> input)
        where TFold : struct, IFold<decimal, Counted<ExactSum>> =>
        Add(new Aggregate<T>(name, kind, type, input, _ => new FoldColumn<decimal, Counted<ExactSum>, TFold>(name)) { CreateRunning = _ => new RunningDecimalColumn<TFold>(name) });
}
