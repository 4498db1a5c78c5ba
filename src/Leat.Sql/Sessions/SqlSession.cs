using Leat.Core;
using Leat.DuckDb;

namespace Leat.Sql;

/// <summary>A session of the project's own work on the warehouse.</summary>
internal sealed class SqlSession : ISqlSession
{
    private readonly DuckDbConnection _connection;
    private readonly DuckDbDatabase _warehouse;
    private readonly SourceRewriter _rewriter;
    private readonly TimeSpan? _timeout;
    private readonly ScanLease _sessionScans;

    public SqlSession(DuckDbDatabase warehouse, SourceRewriter rewriter, TimeSpan? timeout)
    {
        _warehouse = warehouse;
        _connection = warehouse.Connect();
        _rewriter = rewriter;
        _timeout = timeout;
        _sessionScans = new ScanLease(warehouse);
    }

    public async ValueTask<SqlResult> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken ct)
    {
        var scans = new ScanLease(_warehouse);
        var clock = new StatementClock(_timeout);
        try
        {
            var rewritten = await _rewriter.RewriteAsync(sql, scans, ct).ConfigureAwait(false);
            var result = await clock.RunAsync(token => Start(rewritten.Text, parameters, token), rewritten, ct).ConfigureAwait(false);
            return new EngineResult(result, rewritten, clock, scans);
        }
        catch (Exception exception)
        {
            scans.Dispose();
            clock.Dispose();
            throw Explained(exception, sql);
        }
    }

    public async ValueTask<long> ExecuteAsync(string sql, CancellationToken ct)
    {
        using var clock = new StatementClock(_timeout);
        if (_rewriter.Mentioned(sql) is null)
        {
            var text = new RewrittenSql(sql, []);
            return await clock.RunAsync(token => _connection.Execute(text.Text, token), text, ct).ConfigureAwait(false);
        }

        long changed = 0;
        foreach (var statement in SqlLexer.Split(sql))
        {
            using var scans = new ScanLease(_warehouse);
            try
            {
                var rewritten = await _rewriter.RewriteAsync(statement, scans, ct).ConfigureAwait(false);
                changed = await clock.RunAsync(token => _connection.Execute(rewritten.Text, token), rewritten, ct).ConfigureAwait(false);
            }
            catch (LeatException exception)
            {
                throw Explained(exception, statement);
            }
        }

        return changed;
    }

    public async ValueTask<string> RewriteAsync(string select, CancellationToken ct) => (await _rewriter.RewriteAsync(select, _sessionScans, ct).ConfigureAwait(false)).Text;

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _sessionScans.Dispose();
        return ValueTask.CompletedTask;
    }

    private DuckDbResult Start(string sql, IReadOnlyList<object?> parameters, CancellationToken ct)
    {
        if (parameters.Count == 0) return _connection.Query(sql, ct);
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

    /// <summary>A source's relation in a statement that cannot be rewritten fails as unknown; say why.</summary>
    private Exception Explained(Exception exception, string sql) =>
        exception is LeatException { Code: "LEAT1502", InnerException: DuckDbException } && _rewriter.Mentioned(sql) is { } schema && SelectPart.Find(sql) is null
            ? SqlErrors.NotRewritable(schema, exception)
            : exception;
}
