using Leat.DuckDb;

namespace Leat.Sql;

/// <summary>Scans offered to a database for one statement or session; taken back on dispose.</summary>
internal sealed class ScanLease(DuckDbDatabase database) : IDisposable
{
    private readonly List<long> _ids = [];

    public long Add(DuckDbTableScan scan)
    {
        var id = database.AddScan(scan);
        _ids.Add(id);
        return id;
    }

    public void Dispose()
    {
        foreach (var id in _ids) database.RemoveScan(id);
        _ids.Clear();
    }
}
