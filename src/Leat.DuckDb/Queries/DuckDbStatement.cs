using System.Collections.Immutable;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>A prepared statement, run as often as wanted. Belongs to its connection's thread.</summary>
public sealed unsafe class DuckDbStatement : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly StatementHandle _handle;
    private readonly string _sql;

    internal DuckDbStatement(DuckDbConnection connection, StatementHandle handle, string sql)
    {
        _connection = connection;
        _handle = handle;
        _sql = sql;
    }

    /// <summary>Parameters of the statement.</summary>
    public int ParameterCount => (int)NativeMethods.duckdb_nparams(_handle);

    /// <summary>Kind of the statement.</summary>
    public StatementKind Kind => (StatementKind)NativeMethods.duckdb_prepared_statement_type(_handle);

    /// <summary>Sets parameter <paramref name="number"/>, counted from 1.</summary>
    /// <exception cref="LeatException">LEAT1121 no such parameter, or a value that cannot be one.</exception>
    public DuckDbStatement Bind(int number, object? value)
    {
        using var native = ParameterValues.Make(value);
        if (NativeMethods.duckdb_bind_value(_handle, (ulong)number, native) == NativeMethods.Success) return this;
        throw new LeatException("LEAT1121", $"parameter {number} cannot be set; the statement has {ParameterCount}", "SQL parameter", "pass one value for each ? or $n of the statement");
    }

    /// <summary>Sets the parameter written <c>$name</c>.</summary>
    /// <inheritdoc cref="Bind(int, object?)"/>
    public DuckDbStatement Bind(string name, object? value)
    {
        if (NativeMethods.duckdb_bind_parameter_index(_handle, out var index, name) == NativeMethods.Success) return Bind((int)index, value);
        throw new LeatException("LEAT1121", $"the statement has no parameter ${name}", "SQL parameter", "use a name that stands in the statement, without $");
    }

    /// <summary>Sets all parameters by position.</summary>
    public DuckDbStatement BindAll(IReadOnlyList<object?> values)
    {
        for (var i = 0; i < values.Count; i++) Bind(i + 1, values[i]);
        return this;
    }

    /// <summary>Runs it for its effect.</summary>
    /// <returns>Rows changed.</returns>
    /// <inheritdoc cref="DuckDbConnection.Execute"/>
    public long Execute(CancellationToken ct = default)
    {
        using var result = Run(streams: false, ct);
        return result.RowsChanged;
    }

    /// <summary>Runs it and streams its rows; dispose the result.</summary>
    /// <inheritdoc cref="DuckDbConnection.Execute"/>
    public DuckDbResult Query(CancellationToken ct = default) => Run(streams: true, ct);

    /// <summary>Runs it and streams its rows; the statement is disposed with the result.</summary>
    /// <inheritdoc cref="DuckDbConnection.Execute"/>
    public DuckDbResult QueryOnce(CancellationToken ct = default) => Run(streams: true, ct, ownsStatement: true);

    public void Dispose() => _handle.Dispose();

    /// <summary>Columns of its rows, without running it.</summary>
    internal Schema ReadSchema()
    {
        var fields = ImmutableArray.CreateBuilder<Field>();
        for (ulong i = 0; i < NativeMethods.duckdb_prepared_statement_column_count(_handle); i++)
        {
            using var type = NativeMethods.duckdb_prepared_statement_column_logical_type(_handle, i);
            fields.Add(new Field(NativeMethods.Owned(NativeMethods.duckdb_prepared_statement_column_name(_handle, i)) ?? "", LogicalTypes.Read(type)));
        }

        return new Schema(fields.ToImmutable());
    }

    internal DuckDbResult Run(bool streams, CancellationToken ct, bool ownsStatement = false)
    {
        _connection.Opened(null);
        var native = new ResultHandle();
        try
        {
            using (new InterruptScope(_connection.Handle, ct))
            {
                var state = streams ? NativeMethods.duckdb_execute_prepared_streaming(_handle, native.Pointer) : NativeMethods.duckdb_execute_prepared(_handle, native.Pointer);
                if (state != NativeMethods.Success)
                    throw _connection.Failure(NativeMethods.Borrowed(NativeMethods.duckdb_result_error(native.Pointer)) ?? "the statement failed", _sql, ct);
            }

            var result = new DuckDbResult(_connection, native, _sql, ownsStatement ? this : null);
            if (streams) _connection.Opened(result);
            return result;
        }
        catch
        {
            native.Dispose();
            throw;
        }
    }
}
