using Leat.Core;

namespace Leat.DuckDb;

/// <summary>Appends batches to a table by block copy. Rows are in the table after <see cref="Flush"/> or <see cref="Complete"/>; what was not flushed is lost with Dispose.</summary>
public sealed unsafe class DuckDbAppender : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly AppenderHandle _handle;
    private readonly string _table;
    private Schema? _schema;
    private ChunkHandle? _chunk;

    internal DuckDbAppender(DuckDbConnection connection, AppenderHandle handle, string table)
    {
        _connection = connection;
        _handle = handle;
        _table = table;
    }

    /// <summary>Appends all rows of a batch, column by position; it stays the caller's.</summary>
    /// <exception cref="DuckDbException">LEAT1112 a value that cannot be cast to the table's type; LEAT1119 a constraint is broken.</exception>
    /// <exception cref="LeatException">LEAT1126 another number of columns than the table's.</exception>
    public void Append(Batch batch)
    {
        var chunk = ChunkFor(batch.Schema);
        var raw = chunk.DangerousGetHandle();
        for (var start = 0; start < batch.RowCount; start += ColumnVector.Capacity)
        {
            var rows = Math.Min(ColumnVector.Capacity, batch.RowCount - start);
            NativeMethods.duckdb_data_chunk_reset(chunk);
            for (var i = 0; i < batch.ColumnCount; i++)
            {
                var vector = batch[i].Vectors[start / ColumnVector.Capacity];
                ChunkWriter.Copy(vector, 0, rows, NativeMethods.duckdb_data_chunk_get_vector(raw, (ulong)i), keepsViews: true);
            }

            NativeMethods.duckdb_data_chunk_set_size(raw, (ulong)rows);
            Check(NativeMethods.duckdb_append_data_chunk(_handle, chunk));
        }
    }

    /// <summary>Puts the rows so far into the table.</summary>
    public void Flush() => Check(NativeMethods.duckdb_appender_flush(_handle));

    /// <summary>Puts all rows into the table and ends.</summary>
    public void Complete() => Check(NativeMethods.duckdb_appender_close(_handle));

    public void Dispose()
    {
        _chunk?.Dispose();
        _handle.Dispose();
    }

    private ChunkHandle ChunkFor(Schema schema)
    {
        if (_chunk is not null && schema.Equals(_schema)) return _chunk;
        var expected = (int)NativeMethods.duckdb_appender_column_count(_handle);
        if (schema.Count != expected)
            throw new LeatException("LEAT1126", $"the batch has {schema.Count} columns, the table {expected}", $"table {_table}", "give a value for each column of the table, in its order");
        _chunk?.Dispose();
        _schema = schema;
        return _chunk = NativeTypes.With(schema, (types, count) => NativeMethods.duckdb_create_data_chunk((nint*)types, (ulong)count));
    }

    private void Check(int state)
    {
        if (state != NativeMethods.Success) throw _connection.Failure(NativeMethods.Borrowed(NativeMethods.duckdb_appender_error(_handle)) ?? "the append failed", _table, CancellationToken.None);
    }
}
