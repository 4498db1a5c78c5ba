using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.DuckDb;

namespace Leat.Sql;

/// <summary>Rows streamed from the engine, with all that the statement needs until it ends.</summary>
internal sealed class EngineResult(DuckDbResult result, RewrittenSql sql, StatementClock clock, params IDisposable[] held) : SqlResult
{
    public override Schema Schema => result.Schema;

    public override long RowsChanged => result.RowsChanged;

    public override async IAsyncEnumerable<Batch> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await clock.RunAsync(result.Fetch, sql, ct).ConfigureAwait(false) is { } batch) yield return batch;
    }

    public override ValueTask DisposeAsync()
    {
        result.Dispose();
        foreach (var one in held) one.Dispose();
        clock.Dispose();
        return ValueTask.CompletedTask;
    }
}
