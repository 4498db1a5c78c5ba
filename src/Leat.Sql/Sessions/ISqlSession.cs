using Leat.Core;

namespace Leat.Sql;

/// <summary>Runs statements one after the other.</summary>
public interface ISqlSession : IAsyncDisposable
{
    /// <summary>Runs one statement and streams its rows. Relations of sources are resolved first.</summary>
    /// <exception cref="LeatException">LEAT1501 syntax; LEAT1502 unknown relation or column (nearest name); LEAT1503 not allowed here; LEAT1504 failed while running.</exception>
    ValueTask<SqlResult> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken ct);

    /// <summary>Runs statements (separated by ;) whose rows nobody wants; returns rows changed by the last.</summary>
    ValueTask<long> ExecuteAsync(string sql, CancellationToken ct);

    /// <summary>The SELECT with every relation of a source replaced, ready to stand inside CREATE TABLE AS, INSERT or COPY. Other statements are returned as they are.</summary>
    ValueTask<string> RewriteAsync(string select, CancellationToken ct);
}
