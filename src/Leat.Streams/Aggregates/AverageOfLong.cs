using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

internal readonly struct AverageOfLong : IFold<long, Counted<long>>
{
    public static void Add(ref Counted<long> state, long value) => SumOfLong.Add(ref state, value);

    public static void Merge(ref Counted<long> state, in Counted<long> other) => SumOfLong.Merge(ref state, in other);

    public static bool CanDeduct => true;

    public static void Deduct(ref Counted<long> state, in Counted<long> other) => SumOfLong.Deduct(ref state, in other);

    public static object? Read(in Counted<long> state) => state.Count == 0 ? null : (double)state.Value / state.Count;

    public static bool TryRead<TResult>(in Counted<long> state, out TResult result)
    {
        result = default!;
        return state.Count > 0 && TypedResult.TryAs((double)state.Value / state.Count, out result);
    }

    public static void Write(in Counted<long> state, StateWriter writer) => SumOfLong.Write(in state, writer);

    public static Counted<long> Load(StateReader reader) => SumOfLong.Load(reader);
}
