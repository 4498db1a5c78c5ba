using System.Collections.Immutable;
using Leat.Streams.Kernels;

namespace Leat.Streams.Aggregates;

/// <summary>The state of one aggregate for the rows of one group table, in columns: one call a chunk, not one a record.</summary>
internal abstract class AggregateColumn
{
    private const int RowsMeasured = 8;

    /// <summary>Makes room for <paramref name="capacity"/> rows; new rows are empty.</summary>
    public abstract void Reserve(int capacity);

    /// <summary>Adds value i of the input to row <c>rows[i]</c>; negative rows are left out.</summary>
    public abstract void Accumulate(object? input, int[] rows, int count);

    /// <summary>Adds the state of a row of the same kind of column.</summary>
    public abstract void Merge(int row, AggregateColumn from, int fromRow);

    /// <summary>Takes the state of a row away, which was merged before.</summary>
    /// <exception cref="NotSupportedException">The column is not one of <see cref="Aggregate{T}.CreateRunning"/>.</exception>
    public virtual void Deduct(int row, AggregateColumn from, int fromRow) => throw new NotSupportedException(GetType().Name);

    /// <summary>Gives the result of a row to an empty row of a column that is saved and read; it gets no more values there.</summary>
    public virtual void Give(int row, AggregateColumn to, int toRow) => to.Merge(toRow, this, row);

    /// <summary>Memory that a row takes, in bytes, without texts in the arena. In constant time: sketches may estimate.</summary>
    public virtual long SizeOf(int row) => sizeof(long);

    /// <summary>Memory of all columns, in bytes, estimated from a few rows.</summary>
    /// <param name="columns">Of one table.</param>
    /// <param name="rows">Rows in use.</param>
    public static long SizeOf(ImmutableArray<AggregateColumn> columns, int rows)
    {
        if (rows == 0) return 0;
        var step = Math.Max(1, rows / RowsMeasured);
        var (bytes, measured) = (0L, 0);
        for (var row = 0; row < rows; row += step, measured++)
            foreach (var column in columns) bytes += column.SizeOf(row);
        return bytes * rows / measured;
    }

    /// <summary>Result as a boxed value; null when there was no value.</summary>
    public abstract object? Read(int row);

    /// <summary>One of <see cref="Width"/> results as <typeparamref name="TValue"/>, counted from 0.</summary>
    /// <exception cref="InvalidCastException">It is of another type, or there is none and the type has no null.</exception>
    public TValue Read<TValue>(int row, int index)
    {
        if (Width == 1) return Read<TValue>(row);
        var results = new object?[Width];
        Read(row, results);
        return Cast<TValue>(results[index]);
    }

    /// <summary>Result as <typeparamref name="TValue"/>.</summary>
    /// <exception cref="InvalidCastException">It is of another type, or there is none and the type has no null.</exception>
    public virtual TValue Read<TValue>(int row) => Cast<TValue>(Read(row));

    /// <summary>How many results a row has.</summary>
    public virtual int Width => 1;

    /// <summary>All <see cref="Width"/> results of a row.</summary>
    public virtual void Read(int row, Span<object?> results) => results[0] = Read(row);

    /// <summary>Saves a row: whole, or what is needed on top of what was saved before.</summary>
    public abstract void Write(int row, StateWriter writer, bool whole);

    /// <summary>Loads on top of what is there.</summary>
    public abstract void Load(int row, StateReader reader);

    /// <summary>The row gets no more values: what only accumulating needs may be freed.</summary>
    public virtual void Seal(int row)
    {
    }

    /// <summary>Empties one row.</summary>
    public abstract void Reset(int row);

    /// <summary>Empties the first <paramref name="count"/> rows.</summary>
    public abstract void Clear(int count);

    private static TValue Cast<TValue>(object? result) => result is { } value ? (TValue)value : default(TValue) is null ? default! : throw new InvalidCastException("the aggregate has no value");
}
