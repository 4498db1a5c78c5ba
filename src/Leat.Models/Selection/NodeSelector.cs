using System.Globalization;
using System.Text.RegularExpressions;
using Leat.Core;

namespace Leat.Models;

/// <summary>dbt's selection language: union by space, intersection by comma, +a, a+, n+a, @a, methods by "method:value".</summary>
internal sealed partial class NodeSelector(ProjectGraph graph)
{
    [GeneratedRegex(@"^(?<at>@)?(?:(?<parents>\d*)(?<up>\+))?(?:(?<method>[a-z_]+(?:\.[\w.]+)?):)?(?<value>[^+]+?)(?:(?<down>\+)(?<children>\d*))?$")]
    private static partial Regex Atom { get; }

    /// <summary>Unique ids of what is selected and not excluded; tests go with what they test.</summary>
    /// <param name="select">--select; empty = everything.</param>
    /// <param name="exclude">--exclude.</param>
    /// <exception cref="LeatException">LEAT4023 not a selection.</exception>
    public HashSet<string> Select(IReadOnlyList<string> select, IReadOnlyList<string> exclude)
    {
        var chosen = select.Count == 0 ? [.. graph.Nodes.Select(n => n.UniqueId)] : WithTests(Union(select));
        if (exclude.Count > 0) chosen.ExceptWith(WithTests(Union(exclude)));
        return chosen;
    }

    private HashSet<string> Union(IReadOnlyList<string> parts)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts.SelectMany(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries))) all.UnionWith(Intersection(part));
        return all;
    }

    private HashSet<string> Intersection(string part)
    {
        var sets = part.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(One).ToList();
        if (sets.Count == 0) throw new LeatException("LEAT4023", $"'{part}' selects nothing", "--select", "name a model, path or tag");
        var result = sets[0];
        foreach (var other in sets.Skip(1)) result.IntersectWith(other);
        return result;
    }

    private HashSet<string> One(string atom)
    {
        var match = Atom.Match(atom);
        if (!match.Success) throw new LeatException("LEAT4023", $"'{atom}' is not a selection", "--select", "write a name, +name, name+, tag:x, path:models/x or source:a.b");
        var seeds = ByMethod(match.Groups["method"].Value, match.Groups["value"].Value);
        var result = new HashSet<string>(seeds, StringComparer.Ordinal);
        if (match.Groups["at"].Success)
        {
            var below = Walk(seeds, graph.Children, int.MaxValue);
            result.UnionWith(below);
            result.UnionWith(Walk(result.ToList(), Parents, int.MaxValue));
        }
        if (match.Groups["up"].Success) result.UnionWith(Walk(seeds, Parents, Depth(match.Groups["parents"].Value)));
        if (match.Groups["down"].Success) result.UnionWith(Walk(seeds, graph.Children, Depth(match.Groups["children"].Value)));
        return result;
    }

    private static int Depth(string digits) => digits.Length == 0 ? int.MaxValue : int.Parse(digits, CultureInfo.InvariantCulture);

    private IReadOnlyList<string> Parents(string id) => graph[id].DependsOn;

    private static HashSet<string> Walk(IReadOnlyCollection<string> from, Func<string, IReadOnlyList<string>> next, int depth)
    {
        var found = new HashSet<string>(from, StringComparer.Ordinal);
        IReadOnlyCollection<string> level = from;
        for (var i = 0; i < depth && level.Count > 0; i++) level = [.. level.SelectMany(next).Where(found.Add)];
        return found;
    }

    private List<string> ByMethod(string method, string value)
    {
        Func<Node, bool> test = method switch
        {
            "" => n => value.Contains('/', StringComparison.Ordinal) || value.EndsWith(".sql", StringComparison.Ordinal) ? InPath(n, value) : ByName(n, value),
            "fqn" => n => ByName(n, value),
            "path" => n => InPath(n, value),
            "file" => n => System.IO.Path.GetFileName(n.Path) == value || System.IO.Path.GetFileNameWithoutExtension(n.Path) == value,
            "tag" => n => n.Tags.Any(t => Like(t, value)),
            "source" => n => n.Type == ResourceType.Source && BySource(n, value),
            "package" => n => n.Package == value,
            "resource_type" => n => n.ResourceName == value,
            "test_type" => n => n.Type == ResourceType.Test && (value is "generic" or "schema" ? n.Test is not null : value is "singular" or "data" && n.Test is null),
            "test_name" => n => n.Test is { } generic && Like(generic.Kind.Split('.')[^1], value),
            _ when method.StartsWith("config.", StringComparison.Ordinal) => n => ByConfig(n, method[7..], value),
            _ => throw UnknownMethod(method),
        };
        return [.. graph.Nodes.Where(test).Select(n => n.UniqueId)];
    }

    private static LeatException UnknownMethod(string method)
    {
        string[] known = ["fqn", "path", "file", "tag", "source", "package", "resource_type", "test_type", "test_name", "config"];
        var nearest = Nearest.To(method, known);
        return new LeatException("LEAT4023", $"there is no selection method '{method}:'", "--select", nearest is null ? $"use one of {string.Join(", ", known)}" : $"use '{nearest}:'");
    }

    private static bool ByName(Node node, string value)
    {
        if (Like(node.Name, value)) return true;
        if (node.Type == ResourceType.Source) return false;
        var parts = value.Split('.');
        return Prefix(node.Fqn, parts) || Prefix([.. node.Fqn.Skip(1)], parts);
    }

    private static bool Prefix(IReadOnlyList<string> fqn, string[] parts) => parts.Length <= fqn.Count && parts.Zip(fqn).All(p => Like(p.Second, p.First));

    private static bool BySource(Node node, string value)
    {
        var parts = value.Split('.');
        var name = parts.Length == 3 ? value[(parts[0].Length + 1)..] : value;
        return name.Contains('.', StringComparison.Ordinal) ? Like(node.Name, name) : Like(node.Name.Split('.')[0], name);
    }

    private static bool ByConfig(Node node, string key, string value)
    {
        var found = key.Split('.').Aggregate((object?)node.Config, (at, part) => at is Jinja.PyDict dict ? dict.GetOrNull(part) : null);
        return found is Jinja.PyList list ? list.Any(i => Jinja.PyText.Str(i) == value) : string.Equals(Jinja.PyText.Str(found), value, StringComparison.OrdinalIgnoreCase);
    }

    private static bool InPath(Node node, string value)
    {
        var path = value.TrimStart('.', '/').TrimEnd('/');
        return node.Path == path || node.Path.StartsWith(path + "/", StringComparison.Ordinal) || (path.Contains('*', StringComparison.Ordinal) && Like(node.Path, path));
    }

    private static bool Like(string text, string pattern) => pattern.AsSpan().IndexOfAny('*', '?') < 0
        ? text == pattern
        : Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "$", RegexOptions.None, TimeSpan.FromSeconds(1));

    private HashSet<string> WithTests(HashSet<string> chosen)
    {
        chosen.UnionWith(graph.Nodes.Where(n => n.Type == ResourceType.Test && n.DependsOn.Any(chosen.Contains)).Select(n => n.UniqueId).ToList());
        return chosen;
    }
}
