namespace Leat.Sql;

/// <summary>Settings of the SQL engine, section <c>Leat:Sql</c>.</summary>
public sealed class SqlEngineOptions
{
    public const string Section = "Leat:Sql";

    /// <summary>Memory of the engine for trusted work, as DuckDB writes it; null = its default (80 % of the machine).</summary>
    public string? MemoryLimit { get; set; }

    /// <summary>Memory for statements from outside, all together. Default "512MB".</summary>
    public string UntrustedMemoryLimit { get; set; } = "512MB";

    /// <summary>Longest run of a statement from outside whose session names no timeout. Default 30 s.</summary>
    public TimeSpan UntrustedTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Folders, beside the project's lake and cache, whose files the relations of sources may read on behalf of statements from outside.</summary>
    public IList<string> ReadableFolders { get; } = [];
}
