using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>The name <c>adapter</c>. Without a warehouse (while parsing) questions are answered with nothing.</summary>
internal sealed class AdapterObject(ProjectGraph graph, string package, IWarehouseQueries? warehouse) : PyObject
{
    public Func<CompiledMacro, PyMacro> Bind { get; set; } = _ => throw new InvalidOperationException("the adapter is bound before templates run");

    public override string TypeName => "Adapter";

    public override string Text => "<DuckDB adapter>";

    public override bool TryMember(string name, out object? value)
    {
        Func<CallArguments, object?>? method = name switch
        {
            "dispatch" => Dispatch,
            "type" => _ => "duckdb",
            "quote" => a => Relation.Quote(a.Text(0, "identifier", name)),
            "quote_as_configured" => a => Relation.Quote(a.Text(0, "identifier", name)),
            "get_relation" => a => warehouse?.Find(PyText.Str(a.Get(1, "schema")), PyText.Str(a.Get(2, "identifier"))),
            "get_columns_in_relation" => a => Columns(a.Need(0, "relation", name)),
            "get_missing_columns" => a => Missing(a.Need(0, "from_relation", name), a.Need(1, "to_relation", name)),
            "check_schema_exists" => a => warehouse is not null && warehouse.Query($"select 1 from information_schema.schemata where schema_name = '{Escaped(a.Get(1, "schema"))}'").Rows.Count > 0,
            "create_schema" => a => Run($"create schema if not exists {Relation.Quote(((Relation)a.Need(0, "relation", name)!).Schema)}"),
            "drop_relation" => a => Run(DropStatement((Relation)a.Need(0, "relation", name)!)),
            "truncate_relation" => a => Run($"delete from {PyText.Str(a.Need(0, "relation", name))}"),
            "rename_relation" => a => Run($"alter table {PyText.Str(a.Get(0, "from_relation"))} rename to {Relation.Quote(((Relation)a.Need(1, "to_relation", name)!).Identifier)}"),
            "add_query" or "execute" => a => Run(a.Text(0, "sql", name)),
            "commit" or "cache_added" or "cache_dropped" or "cache_renamed" or "expand_target_column_types" or "warn_once" => _ => "",
            "is_motherduck" or "disable_transactions" or "is_ducklake" => _ => false,
            _ => null,
        };
        value = method is null ? null : new PyFunction(name, method);
        return method is not null;
    }

    private object? Dispatch(CallArguments arguments)
    {
        var name = arguments.Text(0, "macro_name", "dispatch");
        var space = arguments.Get(1, "macro_namespace") as string;
        var order = graph.Root.Settings.Dicts("dispatch").FirstOrDefault(d => d.Text("macro_namespace") == space)?.Texts("search_order");
        if (graph.Macros.Dispatch(package, name, space, order) is { } macro) return Bind(macro);
        var nearest = Nearest.To("default__" + name, graph.Macros.Names);
        throw new JinjaError(ErrorKind.CompilationError, $"no macro '{name}' to dispatch to; tried duckdb__{name} and default__{name} in {string.Join(", ", order ?? [graph.Root.Name, space ?? MacroLibrary.BuiltIn])}", nearest is null ? $"define default__{name}" : $"did you mean '{nearest}'?");
    }

    private PyList Columns(object? relation) => new(warehouse is null ? [] : warehouse.Columns((Relation)relation!).Select(c => (object?)ApiObject.Column(c.Name, c.Type)));

    private PyList Missing(object? from, object? to)
    {
        if (warehouse is null) return [];
        var present = warehouse.Columns((Relation)to!).Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new PyList(warehouse.Columns((Relation)from!).Where(c => !present.Contains(c.Name)).Select(c => (object?)ApiObject.Column(c.Name, c.Type)));
    }

    private string Run(string sql)
    {
        warehouse?.Query(sql);
        return "";
    }

    private static string Escaped(object? text) => PyText.Str(text).Replace("'", "''", StringComparison.Ordinal);

    private static string DropStatement(Relation relation) => $"drop {(relation.Kind == "view" ? "view" : "table")} if exists {relation.Text}";
}
