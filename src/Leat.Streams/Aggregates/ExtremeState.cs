using System.Numerics;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>Saves and loads a smallest or largest value with its count.</summary>
internal static class ExtremeState
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
