using Leat.Streams.Decoding;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

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
