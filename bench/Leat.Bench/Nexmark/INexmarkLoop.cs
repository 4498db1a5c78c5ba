using Leat.DuckDb;

namespace Leat.Bench.Nexmark;

/// <summary>One query as a hand-written loop over the events in memory, and as SQL for the peer.</summary>
internal interface INexmarkLoop
{
    /// <summary>q0 to q23.</summary>
    string Name { get; }

    /// <summary>One SELECT over the peer's tables; its columns are those of the row.</summary>
    string Sql { get; }

    /// <summary>The statement that the peer is timed with: it has to produce every row and look at every column.</summary>
    /// <param name="folder">Empty folder for a query that writes files.</param>
    string TimedSql(string folder);

    /// <summary>Runs the loop into a checksum: the timed run.</summary>
    RowChecksum Run(NexmarkEvents events);

    /// <summary>Runs the loop and keeps all rows in canonical form, in no order; for small runs.</summary>
    List<string> Rows(NexmarkEvents events);

    /// <summary>The peer's rows as a checksum.</summary>
    RowChecksum RunPeer(DuckDbConnection peer, CancellationToken ct);

    /// <summary>The peer's rows in canonical form, in no order; for small runs.</summary>
    List<string> PeerRows(DuckDbConnection peer, CancellationToken ct);
}
