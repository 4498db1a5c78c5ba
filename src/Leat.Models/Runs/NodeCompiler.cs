using System.Text;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Renders a node with execute = true and puts its ephemeral parents before it as CTEs.</summary>
internal sealed class NodeCompiler(ProjectGraph graph, Invocation invocation)
{
    private readonly ContextNames _contexts = new(graph, invocation);

    public CompiledNode Compile(Node node, IWarehouseQueries? warehouse)
    {
        var names = _contexts.ForRunning(node, warehouse);
        INames context = node.Test is { } test ? new NameTable(names) { ["leat_test_arguments"] = GenericTests.Rendered(test, names) } : names;
        var map = node.Template!.RenderMapped(context);
        var ctes = new List<(string Name, string Sql)>();
        Collect(node, warehouse, ctes);
        if (ctes.Count == 0) return new CompiledNode(node, map.Text, map, 0);
        return Inject(node, map, ctes);
    }

    /// <summary>Renders a hook with the node's names.</summary>
    public string Hook(Node node, string text, IWarehouseQueries warehouse) =>
        JinjaTemplate.Parse(new SourceText(node.Path, text)).Render(_contexts.ForRunning(node, warehouse));

    private void Collect(Node node, IWarehouseQueries? warehouse, List<(string Name, string Sql)> ctes)
    {
        foreach (var parent in node.DependsOn.Select(id => graph[id]).Where(p => p.IsEphemeral))
        {
            if (ctes.Exists(c => c.Name == parent.Relation.Text)) continue;
            Collect(parent, warehouse, ctes);
            ctes.Add((parent.Relation.Text, parent.Template!.Render(_contexts.ForRunning(parent, warehouse))));
        }
    }

    private static CompiledNode Inject(Node node, RenderMap map, List<(string Name, string Sql)> ctes)
    {
        var own = map.Text;
        var (at, recursive) = LeadingWith(own);
        var text = new StringBuilder("with ");
        if (recursive) text.Append("recursive ");
        text.AppendJoin(",\n", ctes.Select(c => $"{c.Name} as (\n{c.Sql}\n)")).Append(at < 0 ? "\n" : "");
        var prefix = text.Length;
        // the model's own WITH becomes a comma of the same length, so that offsets stay true
        if (at >= 0) own = own[..at] + (recursive ? ",".PadRight(recursiveLength(own, at)) : ",   ") + own[(at + (recursive ? recursiveLength(own, at) : 4))..];
        return new CompiledNode(node, text.Append(own).ToString(), map, prefix);

        static int recursiveLength(string sql, int from) => sql.IndexOf("recursive", from, StringComparison.OrdinalIgnoreCase) + 9 - from;
    }

    /// <summary>Offset of the WITH that begins a statement (behind comments), or -1.</summary>
    private static (int At, bool Recursive) LeadingWith(string sql)
    {
        var i = 0;
        while (i < sql.Length)
        {
            if (char.IsWhiteSpace(sql[i])) i++;
            else if (string.CompareOrdinal(sql, i, "--", 0, 2) == 0) i = sql.IndexOf('\n', i) is >= 0 and var end ? end : sql.Length;
            else if (string.CompareOrdinal(sql, i, "/*", 0, 2) == 0) i = sql.IndexOf("*/", i, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : sql.Length;
            else break;
        }
        if (i + 4 >= sql.Length || !sql.AsSpan(i, 4).Equals("with", StringComparison.OrdinalIgnoreCase) || !char.IsWhiteSpace(sql[i + 4])) return (-1, false);
        return (i, sql.AsSpan(i + 4).TrimStart().StartsWith("recursive", StringComparison.OrdinalIgnoreCase));
    }
}
