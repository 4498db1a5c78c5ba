using System.Collections.Immutable;
using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Reads a project: settings, macros, models, seeds, YAML; parses each template; resolves what refers to what.</summary>
/// <param name="project">Folder and target.</param>
/// <param name="invocation">The command.</param>
/// <param name="targetName">--target, or null.</param>
/// <param name="database">Catalog of the warehouse as the engine names it; null = by its file name.</param>
internal sealed class ProjectLoader(LeatProject project, Invocation invocation, string? targetName, string? database = null)
{
    /// <exception cref="LeatException">LEAT4001-4024: what is wrong in the project, with file and line.</exception>
    public ProjectGraph Load()
    {
        var bare = ContextNames.ForYaml(invocation, [], "", null);
        var root = DbtProjectFile.Load(project.Root, Native, bare);
        var target = TargetSettings.Load(project, root, targetName, Native, bare);
        if (database is not null) target = target with { Database = database };
        var macros = MacroLibrary.WithBuiltIns(root.Name);
        var graph = new ProjectGraph(root, target, macros);
        AddPackages(graph, bare);
        foreach (var package in graph.Packages) ReadMacros(package, macros);
        var yaml = new PropertyFiles(graph, invocation);
        foreach (var package in graph.Packages) ReadNodes(graph, package, yaml);
        yaml.Apply();
        var parser = new NodeParser(graph, invocation);
        parser.ParseAll();
        return graph;
    }

    /// <summary>Renders a YAML string; as_bool, as_number and as_native give it their type.</summary>
    public static object? Native(string text, INames names)
    {
        var value = JinjaTemplate.Parse(new SourceText("dbt_project.yml", text)).Evaluate(names);
        var asked = text.Contains("as_bool", StringComparison.Ordinal) || text.Contains("as_native", StringComparison.Ordinal) || text.Contains("as_number", StringComparison.Ordinal);
        if (!asked) return PyText.Str(value);
        if (value is not string rendered) return value;
        return YamlFile.Parse("dbt_project.yml", rendered).Root;
    }

    private static void AddPackages(ProjectGraph graph, INames names)
    {
        var folder = Path.Combine(graph.Root.Root, graph.Root.PackagesPath);
        if (!Directory.Exists(folder)) return;
        foreach (var package in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
            if (File.Exists(Path.Combine(package, "dbt_project.yml"))) graph.Packages.Add(DbtProjectFile.Load(package, Native, names));
    }

    private void ReadMacros(DbtProjectFile package, MacroLibrary macros)
    {
        var tests = package.TestPaths.Select(p => p + "/generic");
        foreach (var (path, file) in ProjectFiles.Under(package, [.. package.MacroPaths, .. tests], ".sql"))
            macros.Add(package.Name, new SourceText(ProjectFiles.Shown(project.Root, package, path), File.ReadAllText(file)));
    }

    private void ReadNodes(ProjectGraph graph, DbtProjectFile package, PropertyFiles yaml)
    {
        foreach (var (path, file) in ProjectFiles.Under(package, package.ModelPaths, ".sql")) graph.Add(SqlNode(ResourceType.Model, package, path, file));
        foreach (var (path, file) in ProjectFiles.Under(package, package.SeedPaths, ".csv"))
            graph.Add(new Node(ResourceType.Seed, package.Name, Path.GetFileNameWithoutExtension(path), ProjectFiles.Shown(project.Root, package, path)) { File = file, Fqn = ProjectFiles.Fqn(package, path) });
        foreach (var (path, file) in ProjectFiles.Under(package, package.TestPaths, ".sql"))
            if (!path.Contains("/generic/", StringComparison.Ordinal)) graph.Add(SqlNode(ResourceType.Test, package, path, file));
        ImmutableArray<string> folders = [.. package.ModelPaths.Concat(package.SeedPaths).Concat(package.MacroPaths).Distinct(StringComparer.Ordinal)];
        foreach (var (path, file) in ProjectFiles.Under(package, folders, ".yml", ".yaml"))
            yaml.Add(package, YamlFile.Parse(ProjectFiles.Shown(project.Root, package, path), File.ReadAllText(file)), path);
    }

    private Node SqlNode(ResourceType type, DbtProjectFile package, string path, string file)
    {
        var shown = ProjectFiles.Shown(project.Root, package, path);
        return new Node(type, package.Name, Path.GetFileNameWithoutExtension(path), shown)
        {
            File = file,
            Fqn = ProjectFiles.Fqn(package, path),
            Template = JinjaTemplate.Parse(new SourceText(shown, File.ReadAllText(file))),
        };
    }
}
