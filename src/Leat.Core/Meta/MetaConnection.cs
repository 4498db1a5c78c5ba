using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Leat.Core;

/// <summary>One SQLite connection with its prepared statements. One thread at a time.</summary>
internal sealed class MetaConnection : IMetaTransaction, IDisposable
{
    private const int MostPrepared = 256;
    private const int Busy = 5, Locked = 6, ReadOnlyError = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private readonly string _file;

    static MetaConnection() => SQLitePCL.Batteries_V2.Init();

    private MetaConnection(SqliteConnection connection, string file)
    {
        _connection = connection;
        _file = file;
    }

    /// <exception cref="LeatException">LEAT1010 the file cannot be opened.</exception>
    public static MetaConnection Open(string file, bool readOnly)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var text = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = 10 }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;" + (readOnly ? "PRAGMA query_only=ON;" : "");
            command.ExecuteNonQuery();
            return new MetaConnection(connection, file);
        }
        catch (SqliteException cause)
        {
            connection.Dispose();
            throw new LeatException("LEAT1010", $"the metadata database cannot be opened: {cause.Message}", file, "check the disk and the file's owner; move a damaged file away and Leat starts a new one (run history is lost)", Fault.External, Retry.Never, cause);
        }
    }

    public int Execute(string sql, params ReadOnlySpan<object?> arguments)
    {
        try
        {
            return Prepare(sql, arguments).ExecuteNonQuery();
        }
        catch (SqliteException cause)
        {
            throw Explain(cause, sql);
        }
    }

    public IReadOnlyList<T> Query<T>(string sql, Func<IDataRecord, T> map, params ReadOnlySpan<object?> arguments)
    {
        try
        {
            using var reader = Prepare(sql, arguments).ExecuteReader();
            var rows = new List<T>();
            while (reader.Read()) rows.Add(map(reader));
            return rows;
        }
        catch (SqliteException cause)
        {
            throw Explain(cause, sql);
        }
    }

    public void Run(string sql) => Execute(sql);

    public void TryRollback()
    {
        try
        {
            Run("ROLLBACK");
        }
        catch (LeatException)
        {
            // SQLite has rolled back by itself already (disk full, I/O error): the first error is the one to report.
        }
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _prepared.Clear();
        _connection.Dispose();
    }

    [SuppressMessage("Security", "CA2100", Justification = "statements are constants of the rooms; values come as parameters")]
    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            if (_prepared.Count >= MostPrepared) Forget();
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _prepared.Add(sql, command);
        }
        command.Parameters.Clear();
        for (var i = 0; i < arguments.Length; i++) command.Parameters.AddWithValue("@" + i.ToString(CultureInfo.InvariantCulture), Bindable(arguments[i]));
        return command;
    }

    private void Forget()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _prepared.Clear();
    }

    private static object Bindable(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
        TimeSpan span => (long)span.TotalMilliseconds,
        bool flag => flag ? 1L : 0L,
        Enum choice => SnakeCase.Of(choice.ToString()),
        _ => value,
    };

    private LeatException Explain(SqliteException cause, string sql) => cause.SqliteErrorCode switch
    {
        Busy or Locked => new("LEAT1011", "the metadata database is busy for more than 10 s", _file, "another program writes to it: stop that program; only one Leat may own the data folder", Fault.External, Retry.WithBackoff, cause),
        IoError or Full or CannotOpen or ReadOnlyError => new("LEAT1010", $"the metadata database cannot be used: {cause.Message}", _file, "check free space and permissions", Fault.External, Retry.WithBackoff, cause),
        Corrupt or NotADatabase => new("LEAT1010", $"the metadata database is damaged: {cause.Message}", _file, "move the file away; Leat starts a new one (run history is lost)", Fault.External, Retry.Never, cause),
        _ => new("LEAT1013", $"a metadata statement failed: {cause.Message}; {Cut(sql)}", _file, "this is a bug in Leat, please report it", Fault.Internal, Retry.Never, cause),
    };

    private static string Cut(string sql) => sql.Length > 200 ? sql[..200] + "..." : sql;
}
