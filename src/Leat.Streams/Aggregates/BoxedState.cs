using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>Saves and loads a result of a sketch: nothing, an integer, a number or a text.</summary>
internal static class BoxedState
{
    public static void Write(object? value, StateWriter writer)
    {
        switch (value)
        {
            case null: writer.Byte(0); break;
            case long number: writer.Byte(1); writer.Number(number); break;
            case double number: writer.Byte(2); writer.Float(number); break;
            case string text: writer.Byte(3); writer.String(text); break;
            default: throw new NotSupportedException(value.GetType().Name);
        }
    }

    public static object? Read(StateReader reader) => reader.Byte() switch
    {
        0 => null,
        1 => reader.Number(),
        2 => reader.Float(),
        3 => reader.String(),
        var other => throw new InvalidDataException($"unknown result {other}"),
    };
}
