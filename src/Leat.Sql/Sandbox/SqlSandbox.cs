using Leat.Core;
using Leat.DuckDb;

namespace Leat.Sql;

/// <summary>
/// A second database, in memory, where statements from outside run: no files but those of the lake, no extensions, configuration locked, memory of its own.
/// Tables and views of the warehouse come in as scans that a trusted connection feeds.
/// </summary>
/// <remarks>Why: docs/decisions/0012-sql-sandbox.md.</remarks>
internal sealed class SqlSandbox : IDisposable
{
    private const int LongestText = 16_000_000;
    private readonly DuckDbDatabase _warehouse;

    public SqlSandbox(DuckDbDatabase warehouse, LeatProject project, SqlEngineOptions options)
    {
        _warehouse = warehouse;
        Database = DuckDbDatabase.Open(null, new Dictionary<string, string> { ["memory_limit"] = options.UntrustedMemoryLimit, ["autoinstall_known_extensions"] = "false", ["autoload_known_extensions"] = "false" });
        var folders = options.ReadableFolders.Append(project.LakeFolder).Append(project.CacheFolder).Select(folder => $"'{Path.TrimEndingDirectorySeparator(folder).Replace("'", "''", StringComparison.Ordinal)}/'");
        using var connection = Database.Connect();
        _ = Database.AddScan(new DuckDbTableScan(Schema.Of(("n", DataType.Int64)), _ => []));
        connection.Execute($"""
            CREATE MACRO repeat(s, n) AS CASE WHEN strlen(s) * n > {LongestText} THEN error('text longer than {LongestText} bytes') ELSE system.main.repeat(s, n) END;
            CREATE MACRO lpad(s, n, f) AS CASE WHEN n > {LongestText} THEN error('text longer than {LongestText} bytes') ELSE system.main.lpad(s, n, f) END;
            CREATE MACRO rpad(s, n, f) AS CASE WHEN n > {LongestText} THEN error('text longer than {LongestText} bytes') ELSE system.main.rpad(s, n, f) END;
            {EngineTime.Utc};
            SET temp_directory = '';
            SET allowed_directories = [{string.Join(", ", folders)}];
            SET enable_external_access = false;
            SET lock_configuration = true;
            """);
    }

    /// <summary>The sandbox's own database.</summary>
    public DuckDbDatabase Database { get; }

    /// <summary>Replacements that bring relations of the warehouse into the sandbox.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="tables">Relations that no source has.</param>
    /// <param name="scans">Takes the scans.</param>
    /// <param name="statement">Ends what the scans read when the statement's time is over.</param>
    /// <exception cref="LeatException">LEAT1502 the warehouse has no such relation.</exception>
    public IReadOnlyList<SqlSplice> Bridge(string sql, IEnumerable<TableReference> tables, ScanLease scans, CancellationToken statement)
    {
        var splices = new List<SqlSplice>();
        List<SqlToken>? tokens = null;
        IReadOnlyList<(string Schema, string Name)>? known = null;
        foreach (var table in tables)
        {
            tokens ??= SqlLexer.Read(sql);
            known ??= Relations();
            var schema = table.Schema.Length > 0 ? table.Schema : "main";
            var found = table.Catalog.Length > 0 ? default : known.FirstOrDefault(one => Same(one.Schema, schema) && Same(one.Name, table.Name));
            if (found.Name is null || table.At is not null)
                throw SqlErrors.UnknownRelation(table.Written, sql, table.Position, known.Select(one => one.Schema == "main" ? one.Name : $"{one.Schema}.{one.Name}"));
            splices.AddRange(RelationText.Replace(tokens, table, $"SELECT * FROM leat_scan({scans.Add(Scan(found, statement))})"));
        }

        return splices;
    }

    public void Dispose() => Database.Dispose();

    private List<(string Schema, string Name)> Relations()
    {
        using var connection = _warehouse.Connect();
        using var result = connection.Query("""
            SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary AND database_name = current_database()
            UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary AND database_name = current_database()
            UNION ALL VALUES ('information_schema', 'tables'), ('information_schema', 'columns'), ('information_schema', 'schemata')
            """);
        return [.. result.ToRows().Select(row => ((string)row[0]!, (string)row[1]!))];
    }

    private DuckDbTableScan Scan((string Schema, string Name) relation, CancellationToken statement)
    {
        var from = $"{RelationText.Quote(relation.Schema)}.{RelationText.Quote(relation.Name)}";
        using var connection = _warehouse.Connect();
        using var result = connection.Query($"SELECT * FROM {from} LIMIT 0", statement);
        var schema = result.Schema;
        return new DuckDbTableScan(schema, columns => Read(from, schema, columns, statement), Projects: true);
    }

    private IEnumerable<Batch> Read(string from, Schema schema, IReadOnlyList<int> columns, CancellationToken statement)
    {
        using var connection = _warehouse.Connect();
        var list = columns.Count == 0 ? "1" : string.Join(", ", columns.Select(column => RelationText.Quote(schema[column].Name)));
        using var result = connection.Query($"SELECT {list} FROM {from}", statement);
        foreach (var batch in result.ReadAll(statement)) yield return batch;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
