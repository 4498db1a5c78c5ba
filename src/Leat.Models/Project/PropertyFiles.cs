using System.Text.RegularExpressions;
using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>The YAML files beside models: descriptions, configuration, sources and tests.</summary>
internal sealed partial class PropertyFiles(ProjectGraph graph, Invocation invocation)
{
    private readonly List<(DbtProjectFile Package, YamlFile File, string Path)> _files = [];

    [GeneratedRegex("[^0-9a-zA-Z_]+")]
    private static partial Regex NotInNames { get; }

    public void Add(DbtProjectFile package, YamlFile file, string path) => _files.Add((package, file, path));

    /// <summary>Gives nodes their properties, and makes sources and generic tests.</summary>
    public void Apply()
    {
        foreach (var (package, file, path) in _files)
        {
            if (file.Root is null) continue;
            if (file.Root is not PyDict dict) throw new LeatException("LEAT4012", "the file is not a mapping of models:, sources: and the like", file.PlaceOf(file.Root), "begin with version: 2 and models:");
            foreach (var key in new[] { "models", "seeds" })
                foreach (var entry in dict.Dicts(key)) ApplyTo(package, file, entry, key);
            foreach (var source in dict.Dicts("sources")) AddSource(package, file, source, path);
        }
    }

    private void ApplyTo(DbtProjectFile package, YamlFile file, PyDict entry, string key)
    {
        var name = entry.Text("name") ?? throw new LeatException("LEAT4012", $"an entry of {key}: has no 'name'", file.PlaceOf(entry), "add - name: ...");
        var type = key == "seeds" ? ResourceType.Seed : ResourceType.Model;
        var node = graph.Named(name).Find(n => n.Type == type && n.Package == package.Name);
        if (node is null)
        {
            var nearest = Nearest.To(name, graph.Nodes.Where(n => n.Type == type).Select(n => n.Name));
            if (invocation.BaseNames.TryGet("log", out var log))
                ((PyCallable)log!).Call(CallArguments.Of($"warning: {file.PlaceOf(entry)} describes '{name}', which does not exist{(nearest is null ? "" : $"; did you mean '{nearest}'?")}", true));
            return;
        }
        if (node.PatchPlace is not null) throw new LeatException("LEAT4013", $"'{name}' is described twice", $"{node.PatchPlace} and {file.PlaceOf(entry)}", "keep one of the two entries");
        node.Patch = entry;
        node.PatchPlace = file.PlaceOf(entry);
        AddTests(package, file, entry, node);
    }

    private void AddSource(DbtProjectFile package, YamlFile file, PyDict source, string path)
    {
        var sourceName = source.Text("name") ?? throw new LeatException("LEAT4012", "an entry of sources: has no 'name'", file.PlaceOf(source), "add - name: ...");
        source = (PyDict)Rendered(source, package)!;
        foreach (var table in source.Dicts("tables"))
        {
            var tableName = table.Text("name") ?? throw new LeatException("LEAT4012", $"a table of source '{sourceName}' has no 'name'", file.PlaceOf(source), "add - name: ...");
            var node = new Node(ResourceType.Source, package.Name, $"{sourceName}.{tableName}", ProjectFiles.Shown(graph.Root.Root, package, path))
            {
                UniqueId = $"source.{package.Name}.{sourceName}.{tableName}",
                Fqn = [package.Name, sourceName, tableName],
                Patch = table,
                PatchPlace = file.PlaceOf(table),
                Relation = SourceRelations.Of(graph.Target, source, table),
            };
            ConfigMerge.Into(node.Config, PyDict.Of(("tags", new PyList(source.Items("tags")))));
            ConfigMerge.Into(node.Config, PyDict.Of(("tags", new PyList(table.Items("tags")))));
            graph.Add(node);
            AddTests(package, file, table, node);
        }
    }

    private void AddTests(DbtProjectFile package, YamlFile file, PyDict entry, Node subject)
    {
        foreach (var test in entry.Items("tests").Concat(entry.Items("data_tests"))) AddTest(package, file, subject, null, test);
        foreach (var column in entry.Dicts("columns"))
            foreach (var test in column.Items("tests").Concat(column.Items("data_tests"))) AddTest(package, file, subject, column, test);
    }

    private void AddTest(DbtProjectFile package, YamlFile file, Node subject, PyDict? column, object? test)
    {
        var place = file.PlaceOf(test is string ? column ?? subject.Patch : test);
        var (kind, body) = test switch
        {
            string name => (name, new PyDict()),
            PyDict { Count: 1 } single => (PyText.Str(single.Keys.First()), single.Values.First() as PyDict ?? new PyDict()),
            PyDict dict when dict.Text("test_name") is { } named => (named, new PyDict(dict.Where(p => p.Key is not "test_name"))),
            PyDict dict => (PyText.Str(dict.Keys.First()), new PyDict((dict.Values.First() as PyDict ?? new PyDict()).Concat(dict.Skip(1)))),
            _ => throw new LeatException("LEAT4012", $"a test is {PyText.Repr(test)}; it must be a name, or a name with arguments", place, "write - not_null, or - accepted_values: {arguments: {values: [...]}}"),
        };
        graph.Add(GenericTests.Create(package.Name, new GenericTest(kind, subject, column?.Text("name"), body, place), NotInNames));
    }

    private object? Rendered(object? value, DbtProjectFile package, string key = "") => value switch
    {
        _ when key is "description" or "tests" or "data_tests" => value,
        PyDict dict => new PyDict(dict.Select(p => KeyValuePair.Create(p.Key, Rendered(p.Value, package, PyText.Str(p.Key))))),
        PyList list => new PyList(list.Select(v => Rendered(v, package))),
        string text when text.Contains("{{", StringComparison.Ordinal) => ProjectLoader.Native(text, ContextNames.ForYaml(invocation, graph.Packages, package.Name, graph.Target)),
        _ => value,
    };
}
