using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>A parsed project: its nodes, macros and settings. Read-only after loading.</summary>
internal sealed class ProjectGraph(DbtProjectFile root, TargetSettings target, MacroLibrary macros)
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Node>> _referable = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, List<string>> _testsOf = [];
    private readonly Dictionary<string, string> _disabled = new(StringComparer.Ordinal);
    private Dictionary<string, List<string>>? _children;

    public DbtProjectFile Root => root;

    public TargetSettings Target => target;

    public MacroLibrary Macros => macros;

    public List<DbtProjectFile> Packages { get; } = [root];

    public IReadOnlyCollection<Node> Nodes => _nodes.Values;

    public Node this[string uniqueId] => _nodes[uniqueId];

    /// <exception cref="LeatException">LEAT4013 the name is taken.</exception>
    public void Add(Node node)
    {
        var named = Named(node.Name);
        var other = node.Type is ResourceType.Model or ResourceType.Seed ? named.Find(n => n.Package == node.Package) : _nodes.GetValueOrDefault(node.UniqueId);
        if (other is not null)
            throw new LeatException("LEAT4013", $"two {node.ResourceName}s are named '{node.Name}'", $"{other.Path} and {node.Path}", "rename one of the files; ref() finds a model by its name alone");
        _nodes[node.UniqueId] = node;
        if (node.Type != ResourceType.Test) Listed(_referable, node.Name).Add(node);
        if (node.Test is { } test) Listed(_testsOf, test.Subject).Add(node.UniqueId);
    }

    /// <summary>Models and seeds of a name, over all packages.</summary>
    public List<Node> Named(string name) => _referable.TryGetValue(name, out var nodes) ? nodes.FindAll(n => n.Type is ResourceType.Model or ResourceType.Seed) : [];

    /// <summary>Takes a node out: its configuration says enabled: false.</summary>
    public void Disable(Node node)
    {
        _nodes.Remove(node.UniqueId);
        _disabled[node.Name] = node.Path;
        if (_referable.TryGetValue(node.Name, out var named)) named.Remove(node);
        if (!_testsOf.TryGetValue(node, out var tests)) return;
        foreach (var test in tests) _nodes.Remove(test);
    }

    /// <summary>The node of a reference.</summary>
    /// <exception cref="LeatException">LEAT4014 no such model; LEAT4015 no such source; LEAT4034 disabled.</exception>
    public Node Resolve(Reference reference, Node from) => reference switch
    {
        Reference.ToModel model => ResolveModel(model, from),
        Reference.ToSource source => ResolveSource(source, from),
        _ => throw new InvalidOperationException(),
    };

    public IReadOnlyList<string> Children(string uniqueId)
    {
        _children ??= _nodes.Values.SelectMany(n => n.DependsOn.Select(parent => (parent, n.UniqueId)))
            .GroupBy(pair => pair.parent, pair => pair.UniqueId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        return _children.TryGetValue(uniqueId, out var children) ? children : [];
    }

    private Node ResolveModel(Reference.ToModel model, Node from)
    {
        var named = Named(model.Name);
        var found = model.Package is not null
            ? named.Find(n => n.Package == model.Package)
            : named.Find(n => n.Package == from.Package) ?? named.Find(n => n.Package == root.Name) ?? named.FirstOrDefault();
        if (found is not null) return found;
        var where = References.Place(from, "ref", model.Name);
        if (_disabled.TryGetValue(model.Name, out var path))
            throw new LeatException("LEAT4034", $"'{from.Name}' refers to '{model.Name}', which is disabled", where, $"enable it in {path}, or drop the ref");
        var known = _nodes.Values.Where(n => n.Type is ResourceType.Model or ResourceType.Seed).Select(n => n.Name);
        var nearest = Nearest.To(model.Name, known);
        throw new LeatException("LEAT4014", $"there is no model or seed '{model.Name}'", where, nearest is null ? $"add models/{model.Name}.sql, or correct the name" : $"use ref('{nearest}'), or add models/{model.Name}.sql");
    }

    private Node ResolveSource(Reference.ToSource source, Node from)
    {
        var name = $"{source.Source}.{source.Table}";
        var sources = _referable.TryGetValue(name, out var named) ? named.FindAll(n => n.Type == ResourceType.Source) : [];
        var found = sources.Find(n => n.Package == from.Package) ?? sources.FirstOrDefault();
        if (found is not null) return found;
        var nearest = Nearest.To(name, _nodes.Values.Where(n => n.Type == ResourceType.Source).Select(n => n.Name))?.Split('.', 2);
        throw new LeatException("LEAT4015", $"there is no source '{source.Source}' with a table '{source.Table}'", References.Place(from, "source", source.Table), nearest is null ? "declare it under sources: in a YAML file of the models folder" : $"use source('{nearest[0]}', '{nearest[1]}')");
    }

    private static List<TValue> Listed<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        return list;
    }
}
