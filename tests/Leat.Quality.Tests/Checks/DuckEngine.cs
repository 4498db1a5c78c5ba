using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.DuckDb;
using Leat.Sql;

namespace Leat.Quality.Tests;

/// <summary>SQL on an in-memory database, without sources.</summary>
internal sealed class DuckEngine : ISqlEngine, IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();

    public DuckEngine(string setUp)
    {
        using var connection = _database.Connect();
        connection.Execute(setUp);
    }

    public ISqlSession OpenSession(SqlSessionOptions options) => new Session(_database.Connect());

    public void Dispose() => _database.Dispose();

    private sealed class Session(DuckDbConnection connection) : ISqlSession
    {
        public ValueTask<SqlResult> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken ct) => ValueTask.FromResult<SqlResult>(new Rows(connection.Query(sql, ct)));

        public ValueTask<long> ExecuteAsync(string sql, CancellationToken ct) => ValueTask.FromResult(connection.Execute(sql, ct));

        public ValueTask<string> RewriteAsync(string select, CancellationToken ct) => ValueTask.FromResult(select);

        public ValueTask DisposeAsync()
        {
            connection.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Rows(DuckDbResult result) : SqlResult
    {
        public override Schema Schema => result.Schema;

        public override long RowsChanged => result.RowsChanged;

        public override async IAsyncEnumerable<Batch> ReadAsync([EnumeratorCancellation] CancellationToken ct)
        {
            await Task.CompletedTask;
            foreach (var batch in result.ReadAll(ct)) yield return batch;
        }

        public override ValueTask DisposeAsync()
        {
            result.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
