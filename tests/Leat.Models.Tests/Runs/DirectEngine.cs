using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.DuckDb;
using Leat.Sql;

namespace Leat.Models.Tests.Runs;

/// <summary>Sessions straight on a DuckDB file, whose only source is <c>lake</c>: lake.a.b reads the table a__b of schema fake_lake.</summary>
internal sealed class DirectEngine(DuckDbDatabase database) : ISqlEngine
{
    public ISqlSession OpenSession(SqlSessionOptions options) => new Session(database.Connect());

    private static string Rewrite(string sql) => System.Text.RegularExpressions.Regex.Replace(sql, "\"?lake\"?\\.\"?(\\w+)\"?\\.\"?(\\w+)\"?", "(select * from fake_lake.$1__$2)");

    private sealed class Session(DuckDbConnection connection) : ISqlSession
    {
        public ValueTask<SqlResult> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken ct) => ValueTask.FromResult<SqlResult>(new Result(connection.Query(Rewrite(sql), ct)));

        public ValueTask<long> ExecuteAsync(string sql, CancellationToken ct) => ValueTask.FromResult(connection.Execute(sql, ct));

        public ValueTask<string> RewriteAsync(string select, CancellationToken ct) => ValueTask.FromResult(Rewrite(select));

        public ValueTask DisposeAsync()
        {
            connection.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Result(DuckDbResult result) : SqlResult
    {
        public override Schema Schema => result.Schema;

        public override long RowsChanged => result.RowsChanged;

        public override async IAsyncEnumerable<Batch> ReadAsync([EnumeratorCancellation] CancellationToken ct)
        {
            await Task.CompletedTask;
            while (result.Fetch(ct) is { } batch) yield return batch;
        }

        public override ValueTask DisposeAsync()
        {
            result.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
