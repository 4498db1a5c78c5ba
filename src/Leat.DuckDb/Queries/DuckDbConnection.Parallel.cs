using Leat.Core;

namespace Leat.DuckDb;

public sealed partial class DuckDbConnection
{
    /// <summary>
    /// Runs a query and hands its rows to <paramref name="consume"/> on the engine's threads, several at once and in no promised order: the fast way to read many
    /// rows whose order does not matter. Returns when all rows are consumed.
    /// </summary>
    /// <param name="sql">One SELECT without parameters.</param>
    /// <param name="consume">
    /// Called with at most 2,048 rows. The batch reads the engine's own memory and ends with the call: <see cref="Batch.Retain"/> gives a copy that lives on.
    /// It may not use this connection. What it throws ends the read; no call begins afterwards, and the first exception is thrown here as it was.
    /// </param>
    /// <param name="ct">Interrupts the query; no call begins afterwards.</param>
    /// <returns>Rows consumed.</returns>
    /// <exception cref="DuckDbException">LEAT1110-1119 what the engine says; rows may have been consumed before.</exception>
    /// <exception cref="LeatException">LEAT1128 the statement is no SELECT, or has parameters; LEAT1120 a type that batches cannot hold.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public long ReadParallel(string sql, Action<Batch> consume, CancellationToken ct = default)
    {
        var schema = SchemaOfSelect(sql);
        var read = new ParallelRead(schema, consume, ct);
        var reads = _database.Reads();
        var id = reads.Add(read);
        try
        {
            using var statement = Prepare(ParallelReads.Statement(id, sql, schema.Count));
            using var result = statement.Run(streams: false, ct);
            using var count = result.Fetch(CancellationToken.None)!;
            return count[0].Get<long>(0);
        }
        catch (LeatException) when (read.Failure is not null)
        {
            read.Failure.Throw();
            throw;
        }
        finally
        {
            reads.Remove(id);
        }
    }

    private Schema SchemaOfSelect(string sql)
    {
        using var statement = Prepare(sql);
        if (statement.Kind != StatementKind.Select || statement.ParameterCount > 0)
            throw new LeatException(
                "LEAT1128", $"a statement of kind {statement.Kind} with {statement.ParameterCount} parameters cannot be read in parallel", "SQL statement",
                "pass one SELECT with its values written in it; read others with Query");
        return statement.ReadSchema();
    }
}
