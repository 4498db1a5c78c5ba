using Leat.Streams.Decoding;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

internal readonly struct AverageOfDouble : IFold<double, Counted<double>>
{
    public static void Add(ref Counted<double> state, double value) => SumOfDouble.Add(ref state, value);

    public static void Merge(ref Counted<double> state, in Counted<double> other) => SumOfDouble.Merge(ref state, in other);

    public static object? Read(in Counted<double> state) => state.Count == 0 ? null : state.Value / state.Count;

    public static void Write(in Counted<double> state, StateWriter writer) => SumOfDouble.Write(in state, writer);

    public static Counted<double> Load(StateReader reader) => SumOfDouble.Load(reader);
}

internal readonly struct AverageOfLong : IFold<long, Counted<long>>
{
    public static void Add(ref Counted<long> state, long value) => SumOfLong.Add(ref state, value);

    public static void Merge(ref Counted<long> state, in Counted<long> other) => SumOfLong.Merge(ref state, in other);

    public static object? Read(in Counted<long> state) => state.Count == 0 ? null : (double)state.Value / state.Count;

    public static void Write(in Counted<long> state, StateWriter writer) => SumOfLong.Write(in state, writer);

    public static Counted<long> Load(StateReader reader) => SumOfLong.Load(reader);
}

/// <summary>Exact sum divided once at the end, half to even, with six digits after the point.</summary>
internal readonly struct AverageOfDecimal : IFold<decimal, Counted<ExactSum>>
{
    public static void Add(ref Counted<ExactSum> state, decimal value) => SumOfDecimal.Add(ref state, value);

    public static void Merge(ref Counted<ExactSum> state, in Counted<ExactSum> other) => SumOfDecimal.Merge(ref state, in other);

    public static object? Read(in Counted<ExactSum> state)
    {
        if (state.Count == 0) return null;
        if (!state.Value.TryDecimal(out var sum)) throw new OverflowException();
        return Math.Round(sum / state.Count, Values.DecimalScale, MidpointRounding.ToEven);
    }

    public static void Write(in Counted<ExactSum> state, StateWriter writer) => SumOfDecimal.Write(in state, writer);

    public static Counted<ExactSum> Load(StateReader reader) => SumOfDecimal.Load(reader);
}
