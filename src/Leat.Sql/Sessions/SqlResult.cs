using Leat.Core;

namespace Leat.Sql;

/// <summary>Rows of a statement, streamed. Dispose ends the statement.</summary>
public abstract class SqlResult : IAsyncDisposable
{
    /// <summary>Columns.</summary>
    public abstract Schema Schema { get; }

    /// <summary>Rows changed by INSERT, UPDATE or DELETE; 0 for a SELECT.</summary>
    public abstract long RowsChanged { get; }

    /// <summary>Batches, the caller's to dispose. May be enumerated once.</summary>
    public abstract IAsyncEnumerable<Batch> ReadAsync(CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}
