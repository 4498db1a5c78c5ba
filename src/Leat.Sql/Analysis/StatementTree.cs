using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;

namespace Leat.Sql;

/// <summary>What a SELECT names, found in the engine's own parse tree. Names of WITH clauses are left out where they are visible.</summary>
internal sealed class StatementTree
{
    private readonly byte[] _utf8;
    private readonly List<TableReference> _tables = [];
    private readonly List<FunctionReference> _functions = [];
    private readonly List<ColumnReference> _columns = [];

    private StatementTree(string sql) => _utf8 = Encoding.UTF8.GetBytes(sql);

    /// <summary>Statements in the text.</summary>
    public int StatementCount { get; private set; }

    public IReadOnlyList<TableReference> Tables => _tables;

    public IReadOnlyList<FunctionReference> Functions => _functions;

    public IReadOnlyList<ColumnReference> Columns => _columns;

    /// <summary>SHOW of the engine's own catalogue instead of a query.</summary>
    public bool ShowsCatalog { get; private set; }

    public static StatementTree Of(string sql, JsonArray statements)
    {
        var tree = new StatementTree(sql) { StatementCount = statements.Count };
        foreach (var statement in statements) tree.Walk(statement, []);
        return tree;
    }

    private void Walk(JsonNode? node, ImmutableHashSet<string> withNames)
    {
        if (node is JsonArray array)
        {
            foreach (var element in array) Walk(element, withNames);
            return;
        }

        if (node is not JsonObject found) return;
        Note(found, withNames);
        if (Text(found, "type") is "RECURSIVE_CTE_NODE" && Text(found, "cte_name") is { Length: > 0 } own) withNames = withNames.Add(own.ToLowerInvariant());
        if (found["cte_map"]?["map"] is JsonArray map)
        {
            foreach (var entry in map)
            {
                Walk(entry?["value"], withNames);
                withNames = withNames.Add((entry?["key"]?.GetValue<string>() ?? "").ToLowerInvariant());
            }
        }

        foreach (var (key, value) in found)
            if (key is not ("cte_map" or "at_clause")) Walk(value, withNames);
    }

    private void Note(JsonObject node, ImmutableHashSet<string> withNames)
    {
        switch (Text(node, "type"))
        {
            case "BASE_TABLE":
                var table = Table(node);
                if (table.Schema.Length > 0 || !withNames.Contains(table.Name.ToLowerInvariant())) _tables.Add(table);
                break;
            case "TABLE_FUNCTION" when node["function"] is JsonObject function:
                _functions.Add(new FunctionReference(Text(function, "catalog"), Text(function, "schema"), Text(function, "function_name"), true, Position(function)));
                break;
            case "FUNCTION" or "WINDOW_AGGREGATE":
                _functions.Add(new FunctionReference(Text(node, "catalog"), Text(node, "schema"), Text(node, "function_name"), false, Position(node)));
                break;
            case "COLUMN_REF" when node["column_names"] is JsonArray { Count: > 2 } parts:
                _columns.Add(new ColumnReference([.. parts.Select(part => part!.GetValue<string>())], Position(node)));
                break;
            case "SHOW_REF":
                ShowsCatalog |= node["query"] is null;
                break;
            default:
                break;
        }
    }

    private TableReference Table(JsonObject node)
    {
        var at = node["at_clause"] is JsonObject clause && clause["expr"] is { } expression ? (Text(clause, "unit"), expression) : ((string, JsonNode)?)null;
        return new TableReference(Text(node, "catalog_name"), Text(node, "schema_name"), Text(node, "table_name"), Position(node), Text(node, "alias").Length > 0, at);
    }

    /// <summary>The engine counts bytes, everyone here characters.</summary>
    private int Position(JsonObject node) =>
        node["query_location"] is { } location && location.GetValue<long>() <= _utf8.Length ? Encoding.UTF8.GetCharCount(_utf8, 0, (int)location.GetValue<long>()) : 0;

    private static string Text(JsonObject node, string key) => node[key]?.GetValueKind() == System.Text.Json.JsonValueKind.String ? node[key]!.GetValue<string>() : "";
}
