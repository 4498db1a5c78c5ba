using System.Collections.Immutable;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>Rows of a statement, streamed. Belongs to its connection's thread; ends with the next statement on the connection.</summary>
public sealed unsafe class DuckDbResult : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly ResultHandle _handle;
    private readonly string _sql;
    private readonly DuckDbStatement? _statement;

    internal DuckDbResult(DuckDbConnection connection, ResultHandle handle, string sql, DuckDbStatement? statement)
    {
        _connection = connection;
        _handle = handle;
        _sql = sql;
        _statement = statement;
        RowsChanged = (long)NativeMethods.duckdb_rows_changed(handle.Pointer);
        Schema = ReadSchema(handle.Pointer);
    }

    /// <summary>Columns. A type that batches cannot hold (VARIANT) throws LEAT1120 when the statement runs.</summary>
    public Schema Schema { get; }

    /// <summary>Rows changed by INSERT, UPDATE or DELETE; 0 for others.</summary>
    public long RowsChanged { get; }

    /// <summary>The next rows (at most 2,048) over the engine's own memory, the caller's to dispose; null at the end.</summary>
    /// <exception cref="DuckDbException">LEAT1110-1119 the statement failed on the way.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the statement was interrupted.</exception>
    public Batch? Fetch(CancellationToken ct = default)
    {
        nint chunk;
        using (new InterruptScope(_connection.Handle, ct)) chunk = NativeMethods.duckdb_fetch_chunk(*_handle.Pointer);
        if (chunk == 0)
        {
            var error = NativeMethods.Borrowed(NativeMethods.duckdb_result_error(_handle.Pointer));
            return string.IsNullOrEmpty(error) ? null : throw _connection.Failure(error, _sql, ct);
        }

        var owner = new ChunkHandle(chunk);
        if (NativeMethods.duckdb_data_chunk_get_size(chunk) > 0) return ChunkReader.Wrap(Schema, owner);
        owner.Dispose();
        return null;
    }

    /// <summary>All remaining batches, each the caller's to dispose.</summary>
    public IEnumerable<Batch> ReadAll(CancellationToken ct = default)
    {
        while (Fetch(ct) is { } batch) yield return batch;
    }

    /// <summary>All remaining rows boxed, for comfort and tests.</summary>
    public IReadOnlyList<object?[]> ToRows()
    {
        var rows = new List<object?[]>();
        foreach (var batch in ReadAll())
        {
            using (batch)
            {
                for (var row = 0; row < batch.RowCount; row++)
                {
                    var values = new object?[batch.ColumnCount];
                    for (var column = 0; column < values.Length; column++) values[column] = batch[column].GetValue(row);
                    rows.Add(values);
                }
            }
        }

        return rows;
    }

    public void Dispose()
    {
        _handle.Dispose();
        _statement?.Dispose();
    }

    private static Schema ReadSchema(NativeResult* result)
    {
        var count = NativeMethods.duckdb_column_count(result);
        var fields = ImmutableArray.CreateBuilder<Field>((int)count);
        for (ulong i = 0; i < count; i++)
        {
            using var type = NativeMethods.duckdb_column_logical_type(result, i);
            fields.Add(new Field(NativeMethods.Borrowed(NativeMethods.duckdb_column_name(result, i)) ?? "", LogicalTypes.Read(type)));
        }

        return new Schema(fields.MoveToImmutable());
    }
}
