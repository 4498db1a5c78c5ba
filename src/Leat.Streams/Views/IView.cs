using Leat.Core;

namespace Leat.Streams.Views;

/// <summary>One keyed view. Rows are unique by (key columns, window start).</summary>
public interface IView
{
    string Name { get; }

    /// <summary>Columns: the key's, <c>window_start</c> and <c>window_end</c> (TIMESTAMP, UTC) for windowed views, then the values.</summary>
    Schema Schema { get; }

    /// <summary>How many leading columns of <see cref="Schema"/> are the key.</summary>
    int KeyColumns { get; }

    /// <summary>Whether rows carry a window.</summary>
    bool IsWindowed { get; }

    /// <summary>Newest committed checkpoint; 0 before the first.</summary>
    long CheckpointId { get; }

    /// <summary>Rows that match, newest window first, then by key.</summary>
    ViewAnswer Query(ViewQuery query);

    /// <summary>All rows as a batch, for SQL. The caller disposes it. Split in batches of at most 65,536 rows.</summary>
    IEnumerable<Batch> Scan(ViewConsistency consistency);

    /// <summary>Changed rows from now on, coalesced to at most one frame per <paramref name="interval"/>; a slow reader gets fewer, fuller frames, never an unbounded queue.</summary>
    IAsyncEnumerable<ViewFrame> SubscribeAsync(ViewConsistency consistency, TimeSpan interval, CancellationToken ct);
}
