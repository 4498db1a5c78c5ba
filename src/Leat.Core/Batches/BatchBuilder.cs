using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>Makes batches row by row, in native memory. May be used again after <see cref="Build"/>. Not thread-safe.</summary>
/// <remarks>A value that throws leaves its row unfinished: the builder is then only good for <see cref="Dispose"/>.</remarks>
public sealed class BatchBuilder : IDisposable
{
    private readonly ImmutableArray<VectorBuilder> _columns;
    private readonly List<ColumnVector>[] _sealed;
    private NativeArena _arena = new();
    private int _rowsInVector;

    public BatchBuilder(Schema schema)
    {
        Schema = schema;
        _columns = [.. schema.Select(field => new VectorBuilder(field, _arena))];
        _sealed = [.. schema.Select(_ => new List<ColumnVector>())];
    }

    public Schema Schema { get; }

    /// <summary>Rows ended since the last <see cref="Build"/>.</summary>
    public int RowCount { get; private set; }

    /// <summary>Whether <see cref="Batch.MaxRows"/> rows are in; no further row can be ended before <see cref="Build"/>.</summary>
    public bool IsFull => RowCount == Batch.MaxRows;

    /// <summary>Native memory held by texts and closed vectors, in bytes.</summary>
    public long SizeBytes => _arena.SizeBytes;

    /// <summary>Where the values of a column go.</summary>
    public VectorBuilder this[int column] => _columns[column];

    /// <summary>Ends a row.</summary>
    /// <exception cref="InvalidOperationException">A column got no value or more than one, or the builder is full.</exception>
    public void EndRow()
    {
        if (IsFull) throw new InvalidOperationException($"the batch is full ({Batch.MaxRows} rows); call Build first");
        var expected = _rowsInVector + 1;
        foreach (var column in _columns)
            if (column.Count != expected) BatchErrors.ThrowWrongRow(RowCount, Schema[_columns.IndexOf(column)], column.Count - _rowsInVector);
        RowCount++;
        _rowsInVector = expected;
        if (expected == ColumnVector.Capacity) CloseVectors();
    }

    /// <summary>Ends rows that were appended column by column: each column holds <paramref name="count"/> values more.</summary>
    /// <exception cref="InvalidOperationException">A column holds another number of values, or the rows pass the end of a vector of 2,048.</exception>
    public void EndRows(int count)
    {
        if (count == 0) return;
        if (IsFull || _rowsInVector + count > ColumnVector.Capacity) throw new InvalidOperationException($"{count} rows do not fit into the vector, {ColumnVector.Capacity - _rowsInVector} do");
        _rowsInVector += count - 1;
        RowCount += count - 1;
        EndRow();
    }

    /// <summary>One row of boxed values, for comfort and tests.</summary>
    public void AppendRow(params ReadOnlySpan<object?> values)
    {
        if (values.Length != _columns.Length) throw new ArgumentException($"{values.Length} values for {_columns.Length} columns", nameof(values));
        for (var i = 0; i < values.Length; i++) _columns[i].AppendValue(values[i]);
        EndRow();
    }

    /// <summary>The rows so far as a batch, the caller's to dispose; the builder starts empty.</summary>
    /// <exception cref="InvalidOperationException">A row was begun and not ended.</exception>
    public Batch Build()
    {
        foreach (var column in _columns)
            if (column.Count != _rowsInVector) BatchErrors.ThrowWrongRow(RowCount, Schema[_columns.IndexOf(column)], column.Count - _rowsInVector);
        if (_rowsInVector > 0) CloseVectors();
        var batch = new Batch(Schema, RowCount, [.. _sealed.Select(vectors => vectors.ToImmutableArray())], _arena);
        foreach (var vectors in _sealed) vectors.Clear();
        RowCount = 0;
        _arena = new NativeArena();
        foreach (var column in _columns) column.MoveTo(_arena);
        return batch;
    }

    /// <summary>Frees what was not built.</summary>
    public void Dispose()
    {
        foreach (var column in _columns) column.Free();
        foreach (var vectors in _sealed) vectors.Clear();
        _arena.Dispose();
        RowCount = 0;
        _rowsInVector = 0;
    }

    private void CloseVectors()
    {
        for (var i = 0; i < _columns.Length; i++) _sealed[i].Add(_columns[i].Seal());
        _rowsInVector = 0;
    }
}
