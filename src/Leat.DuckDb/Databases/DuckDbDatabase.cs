using System.Collections.Concurrent;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>One database of the engine, in a file or in memory; open a file once a process. Thread-safe. Its file is free when it and all its connections and results are disposed.</summary>
public sealed class DuckDbDatabase : IDisposable
{
    private readonly DatabaseHandle _handle;
    private readonly CallbackFailures _failures = new();
    private readonly ConcurrentDictionary<long, DuckDbTableScan> _scans = new();
    private long _lastScan;
    private bool _hasScanFunction;
    private ParallelReads? _reads;

    private DuckDbDatabase(DatabaseHandle handle, string? path)
    {
        _handle = handle;
        Path = path;
    }

    /// <summary>File of the database; null = in memory.</summary>
    public string? Path { get; }

    /// <summary>Version of the engine, for example "v1.5.6".</summary>
    public static string EngineVersion => NativeMethods.Borrowed(NativeMethods.duckdb_library_version()) ?? "";

    /// <summary>Opens or makes a database.</summary>
    /// <param name="path">File; null = in memory.</param>
    /// <param name="settings">The engine's settings by name, for example memory_limit = "2GB".</param>
    /// <exception cref="LeatException">LEAT1101 no native library; LEAT1102 the file is in use by another process, damaged or not writable; LEAT1103 unknown setting or value.</exception>
    public static DuckDbDatabase Open(string? path = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        using var config = MakeConfig(settings);
        var state = NativeMethods.duckdb_open_ext(path, out var handle, config, out var error);
        if (state == NativeMethods.Success) return new DuckDbDatabase(handle, path);
        var message = NativeMethods.Owned(error) ?? "unknown reason";
        handle.Dispose();
        if (message.Contains("not recognized", StringComparison.Ordinal) || message.StartsWith("Invalid Input", StringComparison.Ordinal)) throw WrongSetting(message);
        throw new LeatException(
            "LEAT1102", $"the database cannot be opened: {message}", path ?? "in-memory database",
            "close the other process that has the file open, or check path, permissions and settings", Fault.External, Retry.WithBackoff);
    }

    /// <summary>A connection: cheap, used by one thread at a time, the caller's to dispose.</summary>
    public DuckDbConnection Connect()
    {
        if (NativeMethods.duckdb_connect(_handle, out var connection) == NativeMethods.Success) return new DuckDbConnection(connection, this);
        throw new LeatException("LEAT1102", "no connection to the database can be made", Path ?? "in-memory database", "open the database again", Fault.External);
    }

    /// <summary>Makes batches readable in SQL as <c>FROM leat_scan(id)</c>, on every connection, until <see cref="RemoveScan"/>.</summary>
    /// <param name="schema">Columns of the batches.</param>
    /// <param name="open">Called once a scan, on a thread of the engine; the engine disposes the batches. Texts are copied, so a batch may be freed at once.</param>
    /// <returns>The id.</returns>
    public long AddScan(Schema schema, Func<IEnumerable<Batch>> open) => AddScan(new DuckDbTableScan(schema, _ => open()));

    /// <summary>The same for a scan that can leave out columns or knows its row count.</summary>
    public long AddScan(DuckDbTableScan scan)
    {
        lock (_scans)
        {
            if (!_hasScanFunction)
            {
                using var connection = Connect();
                connection.RegisterTableFunction(BatchScan.Function(_scans));
                _hasScanFunction = true;
            }
        }

        var id = Interlocked.Increment(ref _lastScan);
        _scans[id] = scan;
        return id;
    }

    /// <summary>Takes back what <c>AddScan</c> offered; scans under way go on.</summary>
    public void RemoveScan(long id) => _scans.TryRemove(id, out _);

    public void Dispose() => _handle.Dispose();

    internal CallbackFailures Failures => _failures;

    /// <summary>The parallel reads under way; the first asks for their function.</summary>
    internal ParallelReads Reads()
    {
        lock (_scans)
        {
            if (_reads is not null) return _reads;
            using var connection = Connect();
            var reads = new ParallelReads();
            ParallelReads.Register(connection.Handle, reads);
            return _reads = reads;
        }
    }

    private static ConfigHandle MakeConfig(IReadOnlyDictionary<string, string>? settings)
    {
        _ = NativeMethods.duckdb_create_config(out var config);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            if (NativeMethods.duckdb_set_config(config, name, value) == NativeMethods.Success) continue;
            config.Dispose();
            throw WrongSetting($"{name} = '{value}'");
        }

        return config;
    }

    private static LeatException WrongSetting(string what) => new(
        "LEAT1103", $"the engine does not take a setting: {what}", "settings of the database", "use a setting and value of the engine's documentation");
}
