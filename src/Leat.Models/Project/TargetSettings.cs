using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Where models go: the name templates see as <c>target</c>.</summary>
/// <param name="Name">Name of the target, for example "dev".</param>
/// <param name="Database">Catalog of the warehouse.</param>
/// <param name="Schema">Default schema.</param>
/// <param name="Threads">Models built at the same time, at most.</param>
/// <param name="Profile">Name of the profile in profiles.yml.</param>
/// <param name="Path">Warehouse file.</param>
internal sealed record TargetSettings(string Name, string Database, string Schema, int Threads, string Profile, string Path)
{
    /// <summary>Leat's own warehouse; schema and threads from a profiles.yml when there is one.</summary>
    /// <exception cref="LeatException">LEAT4024 the target is not in profiles.yml, or is of another kind than duckdb.</exception>
    public static TargetSettings Load(LeatProject project, DbtProjectFile file, string? chosen, Func<string, INames, object?> render, INames names)
    {
        var database = System.IO.Path.GetFileNameWithoutExtension(project.WarehouseFile);
        var own = new TargetSettings(chosen ?? project.Target, database, "main", 4, file.Profile, project.WarehouseFile);
        var profiles = Locate(project.Root);
        if (profiles is null || YamlFile.Parse("profiles.yml", File.ReadAllText(profiles)).Root is not PyDict dict || dict.GetOrNull(file.Profile) is not PyDict profile) return own;
        var outputs = profile.Dict("outputs");
        var name = chosen ?? (outputs.ContainsKey(project.Target) ? project.Target : profile.Text("target")) ?? "default";
        if (outputs.GetOrNull(name) is not PyDict output)
        {
            if (File.Exists(System.IO.Path.Combine(project.Root, "leat.yml"))) return own;
            throw new LeatException("LEAT4024", $"target '{name}' is not in profile '{file.Profile}'; targets are {string.Join(", ", outputs.Keys)}", profiles, Nearest.To(name, outputs.Keys.OfType<string>()) is { } near ? $"use '{near}'" : "add the target, or choose another with --target");
        }
        string? Value(string key) => output.GetOrNull(key) is string text && text.Contains("{{", StringComparison.Ordinal) ? PyText.Str(render(text, names)) : output.Text(key);
        var type = Value("type");
        if (type is not (null or "duckdb")) throw new LeatException("LEAT4024", $"target '{name}' is of type '{type}'; this version builds on duckdb", profiles, "choose a target of type duckdb");
        return own with { Name = name, Schema = Value("schema") ?? "main", Threads = int.TryParse(Value("threads"), out var threads) ? threads : own.Threads };
    }

    private static string? Locate(string root)
    {
        var folders = new[] { Environment.GetEnvironmentVariable("DBT_PROFILES_DIR"), root };
        return folders.OfType<string>().Select(f => System.IO.Path.Combine(f, "profiles.yml")).FirstOrDefault(File.Exists);
    }

    public PyDict ToDict() => PyDict.Of(
        ("name", Name), ("target_name", Name), ("type", "duckdb"), ("database", Database), ("dbname", Database), ("schema", Schema),
        ("threads", (long)Threads), ("profile_name", Profile), ("path", Path));
}
