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

    /// <summary>Boxed .NET value for comfort and tests; slow. Null, bool, the integers to Int128, float, double, string, byte[], Guid, DateOnly, DateTime (kind UTC where the column has a zone).</summary>
    /// <remarks>
    /// DECIMAL: decimal, above 28 digits <see cref="ScaledDecimal"/>. TIME: TimeOnly (24:00 is a TimeSpan of a day), with zone <see cref="TimeWithOffset"/>. INTERVAL: <see cref="IntervalValue"/>.
    /// BIT: string of 0 and 1. BIGNUM: BigInteger. ENUM: its label. LIST and ARRAY: <c>List&lt;object?&gt;</c>. STRUCT: <c>Dictionary&lt;string, object?&gt;</c>.
    /// MAP: <c>List&lt;KeyValuePair&lt;object?, object?&gt;&gt;</c> in stored order. UNION: <see cref="UnionValue"/>. Times finer than 100 ns are cut; outside years 1-9999 they throw OverflowException or ArgumentOutOfRangeException.
    /// </remarks>
    public object? GetValue(int row) => BoxedValues.Read(Vectors[row / ColumnVector.Capacity], row % ColumnVector.Capacity);
}
