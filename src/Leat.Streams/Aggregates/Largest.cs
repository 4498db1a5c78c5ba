using System.Numerics;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

internal readonly struct Largest<TValue> : IFold<TValue, Counted<TValue>>
    where TValue : struct, INumber<TValue>
{
    public static void Add(ref Counted<TValue> state, TValue value)
    {
        if (state.Count++ == 0 || IsLarger(value, state.Value)) state.Value = value;
    }

    public static void Merge(ref Counted<TValue> state, in Counted<TValue> other)
    {
        if (other.Count > 0 && (state.Count == 0 || IsLarger(other.Value, state.Value))) state.Value = other.Value;
        state.Count += other.Count;
    }

    public static object? Read(in Counted<TValue> state) => state.Count == 0 ? null : state.Value;

    public static bool TryRead<TResult>(in Counted<TValue> state, out TResult result)
    {
        result = default!;
        return state.Count > 0 && TypedResult.TryAs(state.Value, out result);
    }

    public static void Write(in Counted<TValue> state, StateWriter writer) => ExtremeState.Write(in state, writer);

    public static Counted<TValue> Load(StateReader reader) => ExtremeState.Load<TValue>(reader);

    /// <summary>NaN is larger than any number, so that the answer does not depend on the order.</summary>
    private static bool IsLarger(TValue a, TValue b) => a > b || (TValue.IsNaN(a) && !TValue.IsNaN(b));
}
