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

    public static object? Read(in Counted<long> state) => state.Count == 0 ? null : state.Value;

    public static void Write(in Counted<long> state, StateWriter writer)
    {
        writer.Number(state.Count);
        writer.Number(state.Value);
    }

    public static Counted<long> Load(StateReader reader) => new() { Count = reader.Number(), Value = reader.Number() };
}

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

    public static void Write(in Counted<double> state, StateWriter writer)
    {
        writer.Number(state.Count);
        writer.Float(state.Value);
    }

    public static Counted<double> Load(StateReader reader) => new() { Count = reader.Number(), Value = reader.Float() };
}

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
