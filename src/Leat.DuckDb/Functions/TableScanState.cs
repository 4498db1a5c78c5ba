using System.Collections.Immutable;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>A running scan: hands out the batches of a table function in vectors of the engine.</summary>
internal sealed class TableScanState(DuckDbTableScan scan, ImmutableArray<int> columns, CallbackFailures failures) : IDisposable
{
    private const int RowId = -1;
    private IEnumerator<Batch>? _batches;
    private Batch? _batch;
    private int _vector;
    private bool _isOver;

    public CallbackFailures Failures => failures;

    /// <summary>Fills the engine's chunk with the next vector of rows; leaves it empty at the end.</summary>
    public void Fill(nint chunk)
    {
        if (!MoveToVector())
        {
            NativeMethods.duckdb_data_chunk_set_size(chunk, 0);
            return;
        }

        var rows = Math.Min(ColumnVector.Capacity, _batch!.RowCount - (_vector * ColumnVector.Capacity));
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] == RowId) continue;
            var vector = _batch[scan.Projects ? i : columns[i]].Vectors[_vector];
            ChunkWriter.Copy(vector, 0, rows, NativeMethods.duckdb_data_chunk_get_vector(chunk, (ulong)i), keepsViews: false);
        }

        NativeMethods.duckdb_data_chunk_set_size(chunk, (ulong)rows);
        _vector++;
    }

    public void Dispose()
    {
        _isOver = true;
        _batch?.Dispose();
        _batch = null;
        _batches?.Dispose();
    }

    private bool MoveToVector()
    {
        while (!_isOver && (_batch is null || _vector >= _batch.VectorCount))
        {
            _batch?.Dispose();
            _batch = null;
            _batches ??= scan.Open([.. columns.Where(column => column != RowId)]).GetEnumerator();
            if (!_batches.MoveNext())
            {
                Dispose();
                return false;
            }

            _batch = _batches.Current;
            _vector = 0;
            Check(_batch.Schema);
        }

        return !_isOver;
    }

    /// <summary>A batch of another shape than declared would be read as garbage.</summary>
    private void Check(Schema given)
    {
        var expected = scan.Projects ? columns.Where(column => column != RowId).Select(column => scan.Schema[column].Type) : scan.Schema.Select(field => field.Type);
        if (!expected.SequenceEqual(given.Select(field => field.Type)))
            throw new LeatException("LEAT1127", $"a table function gave rows {given}, declared are {scan.Schema}", "table function", "this is a bug in the function: give batches of the declared types", Fault.Internal);
    }
}
