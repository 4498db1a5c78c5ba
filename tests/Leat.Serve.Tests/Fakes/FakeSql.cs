using Leat.Core;
using Leat.Sql;

namespace Leat.Serve.Tests.Fakes;

/// <summary>Answers every statement with the same batches; may fail before a batch.</summary>
internal sealed class FakeSql(Schema schema, params object?[][][] batches) : ISqlEngine
{
    public SqlSessionOptions? Opened { get; private set; }

    public LeatException? FailAfter { get; set; }

    public ISqlSession OpenSession(SqlSessionOptions options)
    {
        Opened = options;
        return new Session(this);
    }

    private sealed class Session(FakeSql engine) : ISqlSession
    {
        public ValueTask<SqlResult> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken ct) => ValueTask.FromResult<SqlResult>(new Result(engine));

        public ValueTask<long> ExecuteAsync(string sql, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask<string> RewriteAsync(string select, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Result(FakeSql engine) : SqlResult
    {
        public override Schema Schema => engine.Columns;

        public override long RowsChanged => 0;

        public override async IAsyncEnumerable<Batch> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            foreach (var rows in engine.Batches)
            {
                await Task.Yield();
                using var builder = new BatchBuilder(engine.Columns);
                foreach (var row in rows) builder.AppendRow(row);
                yield return builder.Build();
            }
            if (engine.FailAfter is { } failure) throw failure;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private Schema Columns => schema;

    private object?[][][] Batches => batches;
}
