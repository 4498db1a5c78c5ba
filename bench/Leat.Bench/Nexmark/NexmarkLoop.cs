using Leat.DuckDb;

namespace Leat.Bench.Nexmark;

/// <summary>What the loops share. A loop reads the union once, in order of arrival, and gives the final answer: the input has ended, so all windows are closed.</summary>
/// <remarks>Loops may take it that event time does not go back (the generator's order) and that an id names one auction or person. They treat ids as arbitrary numbers above 0: no array is indexed by them.</remarks>
internal abstract class NexmarkLoop<TRow>(string name, string sql) : INexmarkLoop
    where TRow : struct, INexmarkRow<TRow>
{
    public string Name => name;

    public string Sql => sql;

    public virtual string TimedSql(string folder) => $"SELECT count(*), bit_xor(hash(answer)) FROM ({sql}) answer";

    public RowChecksum Run(NexmarkEvents events)
    {
        var sink = default(ChecksumSink<TRow>);
        Run(events, ref sink);
        return sink.Sum;
    }

    public List<string> Rows(NexmarkEvents events)
    {
        var rows = new List<string>();
        var sink = new ListSink<TRow>(rows);
        Run(events, ref sink);
        return rows;
    }

    public RowChecksum RunPeer(DuckDbConnection peer, CancellationToken ct)
    {
        var sink = default(ChecksumSink<TRow>);
        Read(peer, ref sink, ct);
        return sink.Sum;
    }

    public List<string> PeerRows(DuckDbConnection peer, CancellationToken ct)
    {
        var rows = new List<string>();
        var sink = new ListSink<TRow>(rows);
        Read(peer, ref sink, ct);
        return rows;
    }

    /// <summary>The loop itself.</summary>
    protected abstract void Run<TSink>(NexmarkEvents events, ref TSink sink)
        where TSink : struct, IRowSink<TRow>;

    private void Read<TSink>(DuckDbConnection peer, ref TSink sink, CancellationToken ct)
        where TSink : struct, IRowSink<TRow>
    {
        var reader = new RowReader();
        using var result = peer.Query(sql, ct);
        while (result.Fetch(ct) is { } batch)
        {
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) sink.Add(TRow.Read(reader.At(batch, row)));
        }
    }
}
