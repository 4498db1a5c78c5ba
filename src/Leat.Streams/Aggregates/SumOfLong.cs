using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

internal readonly struct SumOfLong : IFold<long, Counted<long>>
{
    public static void Add(ref Counted<long> state, long value)
    {
        state.Value = checked(state.Value + value);
        state.Count++;
    }

    public static void Merge(ref Counted<long> state, in Counted<long> other)
    {
        state.Value = checked(state.Value + other.Value);
        state.Count += other.Count;
    }

    public static bool CanDeduct => true;

    public static void Deduct(ref Counted<long> state, in Counted<long> other)
    {
        state.Value = checked(state.Value - other.Value);
        state.Count -= other.Count;
    }

    public static object? Read(in Counted<long> state) => state.Count == 0 ? null : state.Value;

    public static bool TryRead<TResult>(in Counted<long> state, out TResult result)
    {
        result = default!;
        return state.Count > 0 && TypedResult.TryAs(state.Value, out result);
    }

    public static void Write(in Counted<long> state, StateWriter writer)
    {
        writer.Number(state.Count);
        writer.Number(state.Value);
    }

    public static Counted<long> Load(StateReader reader) => new() { Count = reader.Number(), Value = reader.Number() };
}
