namespace Leat.Streams.Tests;

/// <summary>A test that needs the SQL engine's native library; skipped, saying so, where it is not installed.</summary>
internal sealed class EngineFactAttribute : FactAttribute
{
    public EngineFactAttribute()
    {
        var named = Environment.GetEnvironmentVariable("LEAT_DUCKDB_LIBRARY");
        if (string.IsNullOrEmpty(named) && !Directory.Exists(Path.Combine(Root(), "native", "node_modules", "@duckdb"))) Skip = "libduckdb is not installed: npm ci in native/";
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
