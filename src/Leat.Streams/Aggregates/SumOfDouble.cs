using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

internal readonly struct SumOfDouble : IFold<double, Counted<double>>
{
    public static void Add(ref Counted<double> state, double value)
    {
        state.Value += value;
        state.Count++;
    }

    public static void Merge(ref Counted<double> state, in Counted<double> other)
    {
        state.Value += other.Value;
        state.Count += other.Count;
    }

    public static object? Read(in Counted<double> state) => state.Count == 0 ? null : state.Value;

    public static bool TryRead<TResult>(in Counted<double> state, out TResult result)
    {
        result = default!;
        return state.Count > 0 && TypedResult.TryAs(state.Value, out result);
    }

    public static void Write(in Counted<double> state, StateWriter writer)
    {
        writer.Number(state.Count);
        writer.Float(state.Value);
    }

    public static Counted<double> Load(StateReader reader) => new() { Count = reader.Number(), Value = reader.Float() };
}
