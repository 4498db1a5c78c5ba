using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>
/// Immutable rows in columns, in native memory, laid out as DuckDB's vectors: the one shape of data between rooms. At most 65,536 rows in vectors of 2,048.
/// </summary>
/// <remarks>
/// Counted by reference: whoever receives a batch disposes it; <see cref="Retain"/> keeps it for one more owner. Reads after the last dispose throw.
/// A batch lent inside a callback ends with the callback; what <see cref="Retain"/> gives lives on.
/// </remarks>
public sealed class Batch : IDisposable
{
    /// <summary>Most rows a batch may hold.</summary>
    public const int MaxRows = 65_536;

    private readonly ImmutableArray<Column> _columns;
    private readonly IDisposable _owner;
    private int _references = 1;

    /// <param name="schema">Columns, in order.</param>
    /// <param name="rowCount">Rows, 0 to <see cref="MaxRows"/>.</param>
    /// <param name="vectors">For each column its vectors, each full but the last.</param>
    /// <param name="owner">Owns the memory; disposed with the last reference.</param>
    public Batch(Schema schema, int rowCount, ImmutableArray<ImmutableArray<ColumnVector>> vectors, IDisposable owner)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rowCount, MaxRows);
        Schema = schema;
        RowCount = rowCount;
        _owner = owner;
        _columns = [.. schema.Zip(vectors, (field, parts) => new Column(field, parts))];
    }

    public Schema Schema { get; }

    /// <summary>Rows.</summary>
    public int RowCount { get; }

    public int ColumnCount => Schema.Count;

    /// <summary>Vectors a column.</summary>
    public int VectorCount => (RowCount + ColumnVector.Capacity - 1) / ColumnVector.Capacity;

    public Column this[int column]
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _references) <= 0, this);
            return _columns[column];
        }
    }

    public Column this[string name] => Schema.IndexOf(name) is >= 0 and var index
        ? this[index]
        : throw new ArgumentException($"no column '{name}'; columns are {string.Join(", ", Schema.Select(f => f.Name))}", nameof(name));

    /// <summary>The rows for one more owner, who disposes what is returned: the same batch, or of a batch lent inside a callback a copy.</summary>
    public Batch Retain()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _references) <= 0, this);
        if (_owner is ILentMemory lent) return lent.Copy();
        ObjectDisposedException.ThrowIf(Interlocked.Increment(ref _references) <= 1, this);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _references) == 0) _owner.Dispose();
    }
}
