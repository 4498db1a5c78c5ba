using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>A parsed project: its nodes, macros and settings. Read-only after loading.</summary>
internal sealed class ProjectGraph(DbtProjectFile root, TargetSettings target, MacroLibrary macros)
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
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
        var other = node.Type is ResourceType.Model or ResourceType.Seed
            ? _nodes.Values.FirstOrDefault(n => n.Type is ResourceType.Model or ResourceType.Seed && n.Name == node.Name && n.Package == node.Package)
            : _nodes.GetValueOrDefault(node.UniqueId);
        if (other is not null)
            throw new LeatException("LEAT4013", $"two {node.ResourceName}s are named '{node.Name}'", $"{other.Path} and {node.Path}", "rename one of the files; ref() finds a model by its name alone");
        _nodes[node.UniqueId] = node;
    }

    /// <summary>Takes a node out: its configuration says enabled: false.</summary>
    public void Disable(Node node)
    {
        _nodes.Remove(node.UniqueId);
        _disabled[node.Name] = node.Path;
    }

    public void RemoveTestsOf(Node node)
    {
        foreach (var test in _nodes.Values.Where(n => n.Test?.Subject == node).ToList()) _nodes.Remove(test.UniqueId);
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
        var named = _nodes.Values.Where(n => n.Type is ResourceType.Model or ResourceType.Seed && n.Name == model.Name).ToList();
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
        var found = _nodes.Values.FirstOrDefault(n => n.Type == ResourceType.Source && n.Name == name && n.Package == from.Package)
            ?? _nodes.Values.FirstOrDefault(n => n.Type == ResourceType.Source && n.Name == name);
        if (found is not null) return found;
        var nearest = Nearest.To(name, _nodes.Values.Where(n => n.Type == ResourceType.Source).Select(n => n.Name))?.Split('.', 2);
        throw new LeatException("LEAT4015", $"there is no source '{source.Source}' with a table '{source.Table}'", References.Place(from, "source", source.Table), nearest is null ? "declare it under sources: in a YAML file of the models folder" : $"use source('{nearest[0]}', '{nearest[1]}')");
    }
}
