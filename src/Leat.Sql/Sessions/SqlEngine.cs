using Leat.Core;
using Leat.DuckDb;
using Microsoft.Extensions.Options;

namespace Leat.Sql;

/// <summary>The one DuckDB database of the process: the project's warehouse file, opened at first use.</summary>
public sealed class SqlEngine : ISqlEngine, IDisposable
{
    private readonly LeatProject _project;
    private readonly SqlEngineOptions _options;
    private readonly Lazy<DuckDbDatabase> _warehouse;
    private readonly Lazy<SqlSandbox> _sandbox;
    private readonly Lazy<SqlParser> _parser = new(() => new SqlParser());
    private readonly Lazy<SourceRewriter> _rewriter;

    /// <param name="project">Gives the warehouse file.</param>
    /// <param name="sources">Rooms that offer relations; asked for when the first statement runs.</param>
    /// <param name="options">Limits.</param>
    public SqlEngine(LeatProject project, IEnumerable<ISqlSource> sources, IOptions<SqlEngineOptions> options)
    {
        _project = project;
        _options = options.Value;
        _warehouse = new(OpenWarehouse);
        _sandbox = new(() => new SqlSandbox(Warehouse, project, _options));
        _rewriter = new(() => new SourceRewriter(_parser.Value, sources));
    }

    /// <summary>The warehouse database, for rooms that append or register functions. Not to be disposed by them.</summary>
    /// <exception cref="LeatException">LEAT1102 another process has the file open.</exception>
    public DuckDbDatabase Warehouse => _warehouse.Value;

    /// <inheritdoc/>
    public ISqlSession OpenSession(SqlSessionOptions options) => options.Untrusted
        ? new UntrustedSession(_sandbox.Value, _parser.Value, _rewriter.Value, options.Timeout ?? _options.UntrustedTimeout)
        : new SqlSession(Warehouse, _rewriter.Value, options.Timeout);

    public void Dispose()
    {
        if (_sandbox.IsValueCreated) _sandbox.Value.Dispose();
        if (_parser.IsValueCreated) _parser.Value.Dispose();
        if (_warehouse.IsValueCreated) _warehouse.Value.Dispose();
    }

    private DuckDbDatabase OpenWarehouse()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_project.WarehouseFile)!);
        var settings = new Dictionary<string, string>();
        if (_options.MemoryLimit is { } limit) settings["memory_limit"] = limit;
        var warehouse = DuckDbDatabase.Open(_project.WarehouseFile, settings);
        using var connection = warehouse.Connect();
        connection.Execute(EngineTime.Utc);
        return warehouse;
    }
}
