using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

internal readonly struct AverageOfDouble : IFold<double, Counted<double>>
{
    public static void Add(ref Counted<double> state, double value) => SumOfDouble.Add(ref state, value);

    public static void Merge(ref Counted<double> state, in Counted<double> other) => SumOfDouble.Merge(ref state, in other);

    public static object? Read(in Counted<double> state) => state.Count == 0 ? null : state.Value / state.Count;

    public static bool TryRead<TResult>(in Counted<double> state, out TResult result)
    {
        result = default!;
        return state.Count > 0 && TypedResult.TryAs(state.Value / state.Count, out result);
    }

    public static void Write(in Counted<double> state, StateWriter writer) => SumOfDouble.Write(in state, writer);

    public static Counted<double> Load(StateReader reader) => SumOfDouble.Load(reader);
}
