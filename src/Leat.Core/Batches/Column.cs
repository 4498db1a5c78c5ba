using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>One column of a batch: vectors of 2,048 rows, only the last may be shorter.</summary>
public sealed class Column
{
    internal Column(Field field, ImmutableArray<ColumnVector> vectors)
    {
        Field = field;
        Vectors = vectors;
    }

    public Field Field { get; }

    public DataType Type => Field.Type;

    public ImmutableArray<ColumnVector> Vectors { get; }

    public bool IsNull(int row) => !Vectors[row / ColumnVector.Capacity].IsValid(row % ColumnVector.Capacity);

    /// <summary>Value of a fixed-size type at <paramref name="row"/>, counted from 0.</summary>
    public T Get<T>(int row)
        where T : unmanaged => Vectors[row / ColumnVector.Capacity].Values<T>()[row % ColumnVector.Capacity];

    /// <summary>Text at <paramref name="row"/>; a view valid while the batch is.</summary>
    public Text GetText(int row) => Get<Text>(row);

    /// <summary>Boxed .NET value for comfort and tests: null, bool, integers, Int128, decimal, string, byte[], DateOnly, TimeOnly, DateTime, Guid, lists, dictionaries. Slow.</summary>
    public object? GetValue(int row) => BoxedValues.Read(Vectors[row / ColumnVector.Capacity], row % ColumnVector.Capacity);
}
