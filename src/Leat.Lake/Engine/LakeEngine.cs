using Leat.DuckDb;

namespace Leat.Lake.Engine;

/// <summary>The room's own engine: a database in memory that reads and writes Parquet. Opened at first use. Thread-safe.</summary>
internal sealed class LakeEngine : IDisposable
{
    private readonly Lazy<DuckDbDatabase> _database = new(Open);

    public DuckDbDatabase Database => _database.Value;

    /// <summary>A connection for one thread at a time, the caller's to dispose. Its time zone is UTC.</summary>
    public DuckDbConnection Connect() => Database.Connect();

    public void Dispose()
    {
        if (_database.IsValueCreated) _database.Value.Dispose();
    }

    private static DuckDbDatabase Open()
    {
        var database = DuckDbDatabase.Open();
        using var connection = database.Connect();
        connection.Execute("SET GLOBAL TimeZone = 'UTC'");
        return database;
    }
}
