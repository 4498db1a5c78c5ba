using System.Numerics;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

internal readonly struct Smallest<TValue> : IFold<TValue, Counted<TValue>>
    where TValue : struct, INumber<TValue>
{
    public static void Add(ref Counted<TValue> state, TValue value)
    {
        if (state.Count++ == 0 || value < state.Value) state.Value = value;
    }

    public static void Merge(ref Counted<TValue> state, in Counted<TValue> other)
    {
        if (other.Count > 0 && (state.Count == 0 || other.Value < state.Value)) state.Value = other.Value;
        state.Count += other.Count;
    }

    public static object? Read(in Counted<TValue> state) => state.Count == 0 ? null : state.Value;

    public static void Write(in Counted<TValue> state, StateWriter writer) => ExtremeState.Write(in state, writer);

    public static Counted<TValue> Load(StateReader reader) => ExtremeState.Load<TValue>(reader);
}

internal readonly struct Largest<TValue> : IFold<TValue, Counted<TValue>>
    where TValue : struct, INumber<TValue>
{
    public static void Add(ref Counted<TValue> state, TValue value)
    {
        if (state.Count++ == 0 || value > state.Value) state.Value = value;
    }

    public static void Merge(ref Counted<TValue> state, in Counted<TValue> other)
    {
        if (other.Count > 0 && (state.Count == 0 || other.Value > state.Value)) state.Value = other.Value;
        state.Count += other.Count;
    }

    public static object? Read(in Counted<TValue> state) => state.Count == 0 ? null : state.Value;

    public static void Write(in Counted<TValue> state, StateWriter writer) => ExtremeState.Write(in state, writer);

    public static Counted<TValue> Load(StateReader reader) => ExtremeState.Load<TValue>(reader);
}

file static class ExtremeState
{
    public static void Write<TValue>(in Counted<TValue> state, StateWriter writer)
        where TValue : struct, INumber<TValue>
    {
        writer.Number(state.Count);
        switch (state.Value)
        {
            case decimal value: writer.Decimal(value); break;
            case double value: writer.Float(value); break;
            case long value: writer.Number(value); break;
            default: throw new NotSupportedException(typeof(TValue).Name);
        }
    }

    public static Counted<TValue> Load<TValue>(StateReader reader)
        where TValue : struct, INumber<TValue>
    {
        var count = reader.Number();
        object value = default(TValue) switch
        {
            decimal => reader.Decimal(),
            double => reader.Float(),
            _ => reader.Number(),
        };
        return new Counted<TValue> { Count = count, Value = (TValue)value };
    }
}
