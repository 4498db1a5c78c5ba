using System.Globalization;
using Leat.Core;
using Leat.DuckDb;

namespace Leat.Models.Tests.Runs;

/// <summary>A dbt project in a temporary folder with a warehouse of its own.</summary>
internal sealed class TestProject : IDisposable
{
    private DuckDbDatabase? _database;

    public TestProject(params (string Path, string Text)[] files)
    {
        Root = Directory.CreateTempSubdirectory("leat-models-").FullName;
        if (!files.Any(f => f.Path == "dbt_project.yml")) Write("dbt_project.yml", "name: shop\nversion: '1.0'\nconfig-version: 2\n");
        foreach (var (path, text) in files) Write(path, text);
    }

    public string Root { get; }

    public RunEvents Events { get; } = new();

    public RecordingOutput Output { get; } = new();

    public DuckDbDatabase Database => _database ??= DuckDbDatabase.Open(Path.Combine(Root, "warehouse.duckdb"));

    public LeatProject Project => new(Root, "shop", "dev", Root);

    public void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public Task<ModelsResult> Run(ModelsVerb verb, params string[] select) => Run(new ModelsCommand(verb) { Select = [.. select] });

    public Task<ModelsResult> Run(ModelsCommand command) => new ModelsRunner(Project, new LazyEngine(this), Events, TimeProvider.System).RunAsync(command, Output);

    /// <summary>Rows as "a|b", in the order of the query.</summary>
    public string[] Query(string sql)
    {
        using var connection = Database.Connect();
        using var result = connection.Query(sql);
        return [.. result.ToRows().Select(row => string.Join('|', row.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture))))];
    }

    public void Execute(string sql)
    {
        using var connection = Database.Connect();
        connection.Execute(sql);
    }

    public void Dispose()
    {
        _database?.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private sealed class LazyEngine(TestProject project) : Leat.Sql.ISqlEngine
    {
        public Leat.Sql.ISqlSession OpenSession(Leat.Sql.SqlSessionOptions options) => new DirectEngine(project.Database).OpenSession(options);
    }
}
