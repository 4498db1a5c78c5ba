using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

internal readonly struct SumOfDecimal : IFold<decimal, Counted<ExactSum>>
{
    public static void Add(ref Counted<ExactSum> state, decimal value)
    {
        state.Value.Add(value);
        state.Count++;
    }

    public static void Merge(ref Counted<ExactSum> state, in Counted<ExactSum> other)
    {
        state.Value.Add(in other.Value);
        state.Count += other.Count;
    }

    public static object? Read(in Counted<ExactSum> state) => state.Count == 0 ? null : state.Value.Boxed();

    public static bool TryRead<TResult>(in Counted<ExactSum> state, out TResult result)
    {
        result = default!;
        return state.Count > 0 && state.Value.TryDecimal(out var sum) && TypedResult.TryAs(sum, out result);
    }

    public static void Write(in Counted<ExactSum> state, StateWriter writer)
    {
        writer.Number(state.Count);
        writer.Byte(state.Value.Scale);
        writer.Wide(state.Value.Digits);
    }

    public static Counted<ExactSum> Load(StateReader reader)
    {
        var count = reader.Number();
        var scale = reader.Byte();
        return new Counted<ExactSum> { Count = count, Value = new ExactSum(reader.Wide(), scale) };
    }
}
