namespace Leat.Core;

internal static class BoxedValues
{
    public static object? Read(ColumnVector vector, int row) => throw new NotSupportedException($"{vector.Type}[{row}]");
}
