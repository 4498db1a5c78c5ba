using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>The parse phase: renders each node with execute = false, settles its configuration and name, resolves its references.</summary>
internal sealed class NodeParser(ProjectGraph graph, Invocation invocation)
{
    private readonly ContextNames _contexts = new(graph, invocation);

    public void ParseAll()
    {
        foreach (var node in graph.Nodes.Where(n => n.Type != ResourceType.Source).ToList()) Parse(node);
        foreach (var node in graph.Nodes.Where(n => n.Type != ResourceType.Source && n.Config.Flag("enabled", n.Path) == false).ToList())
        {
            graph.Disable(node);
        }
        foreach (var node in graph.Nodes)
            foreach (var reference in node.References)
                if (graph.Resolve(reference, node).UniqueId is var parent && !node.DependsOn.Contains(parent)) node.DependsOn.Add(parent);
        GraphOrder.Sort(graph);
        CheckRelations();
    }

    private void Parse(Node node)
    {
        node.Config = BaseConfig(node);
        var names = _contexts.ForParsing(node);
        if (node.Template is not null) Render(node, node.Template, names);
        ConfigMerge.Into(node.Config, node.InlineConfig);
        if (node.Config.Flag("enabled", node.Path) == false) return;
        node.Relation = Named(node, names);
    }

    private static void Render(Node node, JinjaTemplate template, NodeNames names)
    {
        var context = (INames)names;
        if (node.Test is { } test)
        {
            var table = new NameTable(names) { ["leat_test_arguments"] = GenericTests.Rendered(test, names) };
            context = table;
        }
        try
        {
            template.Render(context);
        }
        catch (LeatException error) when (node.Test is not null)
        {
            throw new LeatException(error.Code, $"test '{node.Test.Kind}' of '{node.Test.Subject.Name}': {error.What}", node.Test.Place, error.Todo, error.Fault, error.Retry, error);
        }
    }

    private PyDict BaseConfig(Node node)
    {
        var config = new PyDict();
        var key = node.Type switch { ResourceType.Model => "models", ResourceType.Seed => "seeds", _ => "data_tests" };
        var own = graph.Packages.FirstOrDefault(p => p.Name == node.Package);
        if (own is not null && own != graph.Root) ConfigMerge.FromTree(config, own.Settings.Dict(key), node.Fqn);
        ConfigMerge.FromTree(config, graph.Root.Settings.Dict(key), node.Fqn);
        if (node.Type == ResourceType.Test) ConfigMerge.FromTree(config, graph.Root.Settings.Dict("tests"), node.Fqn);
        foreach (var old in new[] { "tags", "meta", "enabled" })
            if (node.Patch.GetOrNull(old) is { } value) ConfigMerge.Into(config, PyDict.Of((old, value)));
        ConfigMerge.Into(config, RenderedConfig(node));
        if (!config.ContainsKey("materialized")) config["materialized"] = node.Type switch { ResourceType.Model => "view", ResourceType.Seed => "seed", _ => "test" };
        return config;
    }

    private PyDict RenderedConfig(Node node)
    {
        var yaml = ContextNames.ForYaml(invocation, graph.Packages, node.Package, graph.Target);
        return new PyDict(node.Patch.Dict("config").Select(p => KeyValuePair.Create(p.Key, p.Key is not ("pre_hook" or "post_hook" or "pre-hook" or "post-hook") && p.Value is string text && text.Contains("{{", StringComparison.Ordinal) ? ProjectLoader.Native(text, yaml) : p.Value)));
    }

    private Relation Named(Node node, NodeNames names)
    {
        if (node.Type == ResourceType.Test) return new Relation(graph.Target.Database, graph.Target.Schema + "_dbt_test__audit", node.Config.Text("alias") ?? node.Name);
        var dict = node.ToDict();
        string Generate(string macro, string key) => PyText.Str(((PyMacro)Value(names, macro)!).Call(CallArguments.Of(node.Config.GetOrNull(key), dict))).Trim();
        try
        {
            var schema = Generate("generate_schema_name", "schema");
            var alias = Generate("generate_alias_name", "alias");
            return new Relation(Generate("generate_database_name", "database"), schema, alias, node.IsEphemeral ? "cte" : node.Materialized == "view" ? "view" : "table")
            {
                Rendered = node.IsEphemeral ? "__dbt__cte__" + node.Name : null,
            };
        }
        catch (JinjaError error)
        {
            throw error.ToLeat(new SourceText(node.Path, ""));
        }
    }

    private static object? Value(NodeNames names, string name) => names.TryGet(name, out var value) ? value : null;

    private void CheckRelations()
    {
        var taken = graph.Nodes.Where(n => n.Type is ResourceType.Model or ResourceType.Seed && !n.IsEphemeral).GroupBy(n => n.Relation.Text, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (taken is null) return;
        throw new LeatException("LEAT4013", $"{string.Join(" and ", taken.Select(n => n.Name))} would both be built as {taken.Key}", string.Join(" and ", taken.Select(n => n.Path)), "give one of them another alias or schema");
    }
}
