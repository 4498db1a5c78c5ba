using Leat.Core;
using Leat.Models.Jinja;
using Leat.Sql;

namespace Leat.Models;

/// <summary>The warehouse of one run: statements, transactions, questions about relations. Owned by the run; one statement at a time.</summary>
internal sealed class Warehouse(ISqlSession session, CancellationToken runCt) : IWarehouseQueries
{
    /// <summary>Most rows a template may read with run_query.</summary>
    private const int MaxTemplateRows = 1_000_000;

    public async Task<long> ExecuteAsync(string sql, CancellationToken ct) => await session.ExecuteAsync(sql, ct).ConfigureAwait(false);

    public async Task<string> RewriteAsync(string select, CancellationToken ct) => await session.RewriteAsync(select, ct).ConfigureAwait(false);

    /// <summary>Runs statements in one transaction; all of them or none.</summary>
    public async Task InTransactionAsync(IEnumerable<string> statements, CancellationToken ct)
    {
        await session.ExecuteAsync("begin transaction", ct).ConfigureAwait(false);
        try
        {
            foreach (var statement in statements) await session.ExecuteAsync(statement, ct).ConfigureAwait(false);
            await session.ExecuteAsync("commit", CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            await RollbackAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<QueryTable> QueryAsync(string sql, CancellationToken ct)
    {
        await using var result = await session.QueryAsync(sql, [], ct).ConfigureAwait(false);
        var columns = result.Schema.Select(f => f.Name).ToList();
        var rows = new List<PyList>();
        await foreach (var batch in result.ReadAsync(ct).ConfigureAwait(false))
        {
            using (batch)
                for (var row = 0; row < batch.RowCount && rows.Count < MaxTemplateRows; row++)
                    rows.Add(new PyList(Enumerable.Range(0, columns.Count).Select(column => PyValues.From(batch[column].GetValue(row)))));
        }
        return new QueryTable(columns, rows);
    }

    public async Task<long> ScalarAsync(string sql, CancellationToken ct) => (await QueryAsync(sql, ct).ConfigureAwait(false)).Rows is [[{ } value, ..], ..] ? PyNumbers.ToLong(value) : 0;

    public async Task<Relation?> FindAsync(string schema, string identifier, CancellationToken ct)
    {
        var sql = $"select table_schema, table_name, table_type from information_schema.tables where table_catalog = current_database() and lower(table_schema) = lower('{Literal(schema)}') and lower(table_name) = lower('{Literal(identifier)}')";
        var found = (await QueryAsync(sql, ct).ConfigureAwait(false)).Rows;
        return found.Count == 0 ? null : new Relation("", PyText.Str(found[0][0]), PyText.Str(found[0][1]), PyText.Str(found[0][2]) == "VIEW" ? "view" : "table");
    }

    public async Task<IReadOnlyList<(string Name, string Type)>> ColumnsAsync(Relation relation, CancellationToken ct)
    {
        var sql = $"select column_name, data_type from information_schema.columns where table_catalog = current_database() and lower(table_schema) = lower('{Literal(relation.Schema)}') and lower(table_name) = lower('{Literal(relation.Identifier)}') order by ordinal_position";
        return [.. (await QueryAsync(sql, ct).ConfigureAwait(false)).Rows.Select(r => (PyText.Str(r[0]), PyText.Str(r[1])))];
    }

    public static string Literal(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    // Templates are rendered synchronously, as Jinja is; only here is a thread blocked, and never one that runs the session.
    QueryTable IWarehouseQueries.Query(string sql) => Block(() => QueryAsync(sql, runCt));

    Relation? IWarehouseQueries.Find(string schema, string identifier) => Block(() => FindAsync(schema, identifier, runCt));

    IReadOnlyList<(string Name, string Type)> IWarehouseQueries.Columns(Relation relation) => Block(() => ColumnsAsync(relation, runCt));

    private static T Block<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    private async Task RollbackAsync()
    {
        try
        {
            await session.ExecuteAsync("rollback", CancellationToken.None).ConfigureAwait(false);
        }
        catch (LeatException)
        {
            // the failed statement has ended the transaction already; its own error is the one to report
        }
    }
}
