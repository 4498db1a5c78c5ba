using Leat.Core;

namespace Leat.DuckDb;

/// <summary>A connection to a database. Used by one thread at a time; one result is open at a time: the next statement ends the one before.</summary>
public sealed partial class DuckDbConnection : IDisposable
{
    private readonly ConnectionHandle _handle;
    private readonly DuckDbDatabase _database;
    private DuckDbResult? _open;

    internal DuckDbConnection(ConnectionHandle handle, DuckDbDatabase database)
    {
        _handle = handle;
        _database = database;
    }

    /// <summary>The database it is connected to.</summary>
    public DuckDbDatabase Database => _database;

    /// <summary>Progress of the running statement in percent, from another thread; -1 = not known. Needs <see cref="TrackProgress"/>.</summary>
    public double ProgressPercent => NativeMethods.duckdb_query_progress(_handle).Percentage;

    /// <summary>Rows done and rows in all of the running statement, as the engine guesses them; 0 = not known.</summary>
    public (long Done, long Total) ProgressRows
    {
        get
        {
            var progress = NativeMethods.duckdb_query_progress(_handle);
            return ((long)progress.RowsProcessed, (long)progress.TotalRows);
        }
    }

    /// <summary>Makes the engine count progress from now on; nothing is printed.</summary>
    public void TrackProgress() => Execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0");

    /// <summary>Runs one or more statements (separated by ;) whose rows nobody wants.</summary>
    /// <returns>Rows changed by the last.</returns>
    /// <exception cref="DuckDbException">LEAT1110-1119 what the engine says, with line and column.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the statement was interrupted.</exception>
    public long Execute(string sql, CancellationToken ct = default)
    {
        long changed = 0;
        using var statements = Extract(sql);
        for (var i = 0; i < statements.Count; i++)
        {
            using var statement = PrepareAt(statements, i);
            using var result = statement.Run(streams: false, ct);
            changed = result.RowsChanged;
        }

        return changed;
    }

    /// <summary>Runs statements and streams the rows of the last; dispose the result.</summary>
    /// <inheritdoc cref="Execute"/>
    public DuckDbResult Query(string sql, CancellationToken ct = default)
    {
        using var statements = Extract(sql);
        for (var i = 0; i < statements.Count - 1; i++)
        {
            using var statement = PrepareAt(statements, i);
            using var result = statement.Run(streams: false, ct);
        }

        var last = PrepareAt(statements, statements.Count - 1);
        try
        {
            return last.Run(streams: true, ct, ownsStatement: true);
        }
        catch
        {
            last.Dispose();
            throw;
        }
    }

    /// <summary>Prepares one statement with parameters ($1, ?, $name); dispose it.</summary>
    /// <exception cref="DuckDbException">LEAT1110-1111 syntax, unknown names; LEAT1122 more than one statement.</exception>
    public DuckDbStatement Prepare(string sql)
    {
        using var statements = Extract(sql);
        if (statements.Count != 1)
            throw new LeatException("LEAT1122", $"one statement can be prepared at a time, the text holds {statements.Count}", "SQL statement", "split the text at its semicolons");
        return PrepareAt(statements, 0);
    }

    /// <summary>The single value of the first row and column, boxed; null when there is none.</summary>
    public object? Scalar(string sql, CancellationToken ct = default)
    {
        using var result = Query(sql, ct);
        using var batch = result.Fetch(ct);
        return batch is null || batch.RowCount == 0 ? null : batch[0].GetValue(0);
    }

    /// <summary>Interrupts the running statement, from another thread.</summary>
    public void Interrupt() => NativeMethods.duckdb_interrupt(_handle);

    public void Dispose()
    {
        _open?.Dispose();
        _handle.Dispose();
    }

    internal ConnectionHandle Handle => _handle;

    internal CallbackFailures Failures => _database.Failures;

    /// <summary>A result that streams from this connection; the one before ends.</summary>
    internal void Opened(DuckDbResult? result)
    {
        _open?.Dispose();
        _open = result;
    }

    internal Exception Failure(string message, string sql, CancellationToken ct)
    {
        Failures.Rethrow(message);
        var failure = DuckDbFailure.Parse(message, sql);
        return failure.Code == "LEAT1115" && ct.IsCancellationRequested ? new OperationCanceledException(ct) : new DuckDbException(failure, null);
    }

    private StatementList Extract(string sql)
    {
        Opened(null);
        var count = NativeMethods.duckdb_extract_statements(_handle, sql, out var handle);
        if (count > 0) return new StatementList(handle, (int)count, sql);
        var message = NativeMethods.Borrowed(NativeMethods.duckdb_extract_statements_error(handle));
        handle.Dispose();
        if (message is null) throw new LeatException("LEAT1122", "the text holds no statement", "SQL statement", "write a statement; comments alone are none");
        throw Failure(message, sql, CancellationToken.None);
    }

    private DuckDbStatement PrepareAt(StatementList statements, int index)
    {
        var state = NativeMethods.duckdb_prepare_extracted_statement(_handle, statements.Handle, (ulong)index, out var handle);
        if (state == NativeMethods.Success) return new DuckDbStatement(this, handle, statements.Sql);
        var message = NativeMethods.Borrowed(NativeMethods.duckdb_prepare_error(handle)) ?? "the statement cannot be prepared";
        handle.Dispose();
        throw Failure(message, statements.Sql, CancellationToken.None);
    }
}
