using System.Collections.Immutable;
using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>A dbt_project.yml: of the user's project or of an installed package.</summary>
/// <param name="Root">Absolute folder.</param>
/// <param name="Name">Name of the project; namespace of its macros.</param>
/// <param name="Settings">The file's values, rendered except vars and hooks.</param>
internal sealed record DbtProjectFile(string Root, string Name, PyDict Settings)
{
    public ImmutableArray<string> ModelPaths => Paths("model-paths", "source-paths", "models");

    public ImmutableArray<string> SeedPaths => Paths("seed-paths", "data-paths", "seeds");

    public ImmutableArray<string> MacroPaths => Paths("macro-paths", null, "macros");

    public ImmutableArray<string> TestPaths => Paths("test-paths", null, "tests");

    public string TargetPath => Settings.Text("target-path") ?? "target";

    public string PackagesPath => Settings.Text("packages-install-path") ?? "dbt_packages";

    public string Profile => Settings.Text("profile") ?? Name;

    public PyDict Vars => Settings.Dict("vars");

    /// <summary>Reads and renders the file of a folder.</summary>
    /// <exception cref="LeatException">LEAT4010 no file or no name; LEAT4011 broken YAML.</exception>
    public static DbtProjectFile Load(string root, Func<string, INames, object?> render, INames names)
    {
        var path = Path.Combine(root, "dbt_project.yml");
        if (!File.Exists(path)) throw new LeatException("LEAT4010", $"there is no dbt_project.yml in {root}", path, "run in the folder of a dbt project, or make one: leat init");
        var yaml = YamlFile.Parse("dbt_project.yml", File.ReadAllText(path));
        if (yaml.Root is not PyDict dict || dict.Text("name") is not { Length: > 0 } name)
            throw new LeatException("LEAT4010", "dbt_project.yml has no 'name'", path, "add a line: name: my_project");
        return new DbtProjectFile(root, name, (PyDict)RenderValues(dict, render, names)!);
    }

    private static object? RenderValues(object? value, Func<string, INames, object?> render, INames names, bool top = true) => value switch
    {
        PyDict dict => new PyDict(dict.Select(p => KeyValuePair.Create(p.Key, KeepsItsText(PyText.Str(p.Key), top) ? p.Value : RenderValues(p.Value, render, names, false)))),
        PyList list => new PyList(list.Select(v => RenderValues(v, render, names, false))),
        string text when text.Contains("{{", StringComparison.Ordinal) => render(text, names),
        _ => value,
    };

    /// <summary>Variables and hooks are rendered when they are used.</summary>
    private static bool KeepsItsText(string key, bool top) =>
        key.TrimStart('+') is "pre-hook" or "post-hook" or "pre_hook" or "post_hook" || (top && (key is "vars" or "on-run-start" or "on-run-end" or "query-comment"));

    private ImmutableArray<string> Paths(string key, string? oldKey, string fallback)
    {
        var given = Settings.Texts(key);
        if (given.Length == 0 && oldKey is not null) given = Settings.Texts(oldKey);
        return given.Length == 0 ? [fallback] : [.. given];
    }
}
