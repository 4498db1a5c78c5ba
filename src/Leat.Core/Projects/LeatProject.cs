namespace Leat.Core;

/// <summary>A user's project: the folder, its name and where its state lives.</summary>
/// <param name="Root">Absolute path of the project folder.</param>
/// <param name="Name">Name from leat.yml, else of dbt_project.yml, else of the folder.</param>
/// <param name="Target">Chosen target, for example "dev".</param>
/// <param name="DataFolder">Absolute path of <c>.leat/</c>.</param>
public sealed record LeatProject(string Root, string Name, string Target, string DataFolder)
{
    public string LogFolder => Path.Combine(DataFolder, "log");

    public string LakeFolder => Path.Combine(DataFolder, "lake");

    public string WarehouseFile => Path.Combine(DataFolder, "warehouse.duckdb");

    public string MetaFile => Path.Combine(DataFolder, "meta.db");

    public string CheckpointFolder => Path.Combine(DataFolder, "checkpoints");

    public string ViewFolder => Path.Combine(DataFolder, "views");

    public string CacheFolder => Path.Combine(DataFolder, "cache");
}
