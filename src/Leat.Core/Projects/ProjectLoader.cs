using System.Collections;
using Microsoft.Extensions.Configuration;

namespace Leat.Core;

/// <summary>Reads a project folder: leat.yml, or a plain dbt project.</summary>
public static class ProjectLoader
{
    /// <summary>File that makes a folder a project.</summary>
    public const string FileName = "leat.yml";

    private const string DbtFileName = "dbt_project.yml";
    private const string DefaultTarget = "dev";

    private static readonly string[] KnownKeys =
    [
        "name", "version", "data_folder", "target", "targets", "server", "log", "streams", "lake", "storage", "sql", "warehouse", "ingest", "models", "quality",
        "flows", "catalog", "learn", "ads", "alerts", "retention", "app",
    ];

    private static readonly string[] NotSettings = ["name", "version", "data_folder", "target", "targets"];

    /// <summary>Reads the project in <paramref name="folder"/>.</summary>
    /// <param name="folder">The project folder itself; parents are not searched.</param>
    /// <param name="target">Target asked for; null = <c>target</c> of leat.yml, else "dev".</param>
    /// <exception cref="LeatException">LEAT1001 no project; LEAT1002 broken YAML; LEAT1003 unknown key; LEAT1004 wrong value; LEAT1005 unknown target.</exception>
    public static LoadedProject Load(string folder, string? target = null) => Load(folder, target, Environment.GetEnvironmentVariables());

    internal static LoadedProject Load(string folder, string? target, IDictionary environment)
    {
        var root = Path.GetFullPath(folder);
        var file = Path.Combine(root, FileName);
        var dbtFile = Path.Combine(root, DbtFileName);
        if (!File.Exists(file) && !File.Exists(dbtFile)) throw NoProject(root);

        var declared = File.Exists(file) ? YamlFile.Read(file, FileName) : YamlFile.Parse("", FileName);
        declared.AllowOnly(KnownKeys);
        var name = declared.FindText("name") ?? (File.Exists(dbtFile) ? YamlFile.Read(dbtFile, DbtFileName).FindText("name") : null) ?? Path.GetFileName(root.TrimEnd(Path.DirectorySeparatorChar));
        var chosen = target ?? Variable(environment, "LEAT_TARGET") ?? declared.GetText("target", DefaultTarget);
        var overrides = FindTarget(declared, chosen, target is not null || declared.Has("target"), root);

        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        SettingKeys.Flatten(declared, "Leat", settings, NotSettings);
        if (overrides is not null) SettingKeys.Flatten(overrides, "Leat", settings, ["data_folder"]);
        SettingKeys.FromEnvironment(environment, settings);

        var data = Variable(environment, "LEAT_DATA_FOLDER") ?? overrides?.FindText("data_folder") ?? declared.GetText("data_folder", ".leat");
        var project = new LeatProject(root, name, chosen, Path.GetFullPath(data, root));
        return new LoadedProject(project, new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), declared);
    }

    private static YamlMap? FindTarget(YamlMap declared, string chosen, bool asked, string root)
    {
        var targets = declared.FindMap("targets");
        if (targets?.FindMap(chosen) is { } overrides)
        {
            overrides.AllowOnly(KnownKeys.Except(["name", "version", "target", "targets"]).ToList());
            return overrides;
        }
        var declaredNames = targets?.Keys.Select(key => key.Text).ToList() ?? [];
        if (!asked || declaredNames.Contains(chosen) || declaredNames.Count == 0 || File.Exists(Path.Combine(root, "profiles.yml"))) return null;
        var nearest = Nearest.To(chosen, declaredNames);
        throw new LeatException(
            "LEAT1005",
            $"there is no target '{chosen}'; targets are {string.Join(", ", declaredNames)}",
            targets!.Place,
            nearest is null ? $"use --target {declaredNames[0]}, or declare '{chosen}' under targets" : $"use --target {nearest}");
    }

    private static LeatException NoProject(string root) => new(
        "LEAT1001",
        Directory.Exists(root) ? $"there is no project here: neither {FileName} nor {DbtFileName}" : "the folder does not exist",
        root,
        "make a project with 'leat new NAME', or name one with --project DIR");

    private static string? Variable(IDictionary environment, string name) => environment[name] as string is { Length: > 0 } value ? value : null;
}
