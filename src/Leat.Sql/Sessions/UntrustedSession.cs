using Leat.Core;
using Leat.DuckDb;

namespace Leat.Sql;

/// <summary>A session for statements from outside: one SELECT at a time, in the sandbox.</summary>
internal sealed class UntrustedSession(SqlSandbox sandbox, SqlParser parser, SourceRewriter rewriter, TimeSpan timeout) : ISqlSession
{
    private readonly DuckDbConnection _connection = sandbox.Database.Connect();

    public async ValueTask<SqlResult> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken ct)
    {
        var scans = new ScanLease(sandbox.Database);
        var clock = new StatementClock(timeout);
        try
        {
            var rewritten = await AdmitAsync(sql, scans, clock.Token, ct).ConfigureAwait(false);
            var result = await clock.RunAsync(token => Start(rewritten.Text, parameters, token), rewritten, ct).ConfigureAwait(false);
            return new EngineResult(result, rewritten, clock, scans);
        }
        catch
        {
            scans.Dispose();
            clock.Dispose();
            throw;
        }
    }

    public ValueTask<long> ExecuteAsync(string sql, CancellationToken ct) => throw SqlErrors.NotAllowed("a statement that changes something", sql, 0);

    public ValueTask<string> RewriteAsync(string select, CancellationToken ct) => throw SqlErrors.NotAllowed("rewriting", select, 0);

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<RewrittenSql> AdmitAsync(string sql, ScanLease scans, CancellationToken statement, CancellationToken ct)
    {
        if (parser.Parse(sql) is not { StatementCount: 1 } tree) throw SqlErrors.NotAllowed("anything but a single SELECT", sql, 0);
        SandboxRules.Check(sql, tree);
        var splices = new List<SqlSplice>(await rewriter.RewriteSelectAsync(sql, tree, scans, ct).ConfigureAwait(false));
        splices.AddRange(sandbox.Bridge(sql, tree.Tables.Where(table => rewriter.SourceOf(table.Catalog.Length > 0 ? table.Catalog : table.Schema) is null), scans, statement));
        return new RewrittenSql(sql, splices);
    }

    private DuckDbResult Start(string sql, IReadOnlyList<object?> parameters, CancellationToken ct)
    {
        var statement = _connection.Prepare(sql);
        try
        {
            return statement.BindAll(parameters).QueryOnce(ct);
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }
}
