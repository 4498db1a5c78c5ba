using Leat.Core;

namespace Leat.Models;

/// <summary>Adds new rows to an existing table: append, delete+insert, merge; all in one transaction.</summary>
internal sealed class IncrementalBuild(Warehouse warehouse)
{
    private static readonly string[] Strategies = ["append", "delete+insert", "merge"];
    private static readonly string[] SchemaChanges = ["ignore", "fail", "append_new_columns", "sync_all_columns"];

    public async Task<BuildOutcome> RunAsync(Node node, string select, CancellationToken ct)
    {
        var keys = node.Config.Texts("unique_key");
        var strategy = OneOf(node, "incremental_strategy", "delete+insert", Strategies);
        if (strategy == "merge" && keys.Length == 0) throw Bad(node, "incremental_strategy 'merge' needs a unique_key", "add unique_key, or use append");
        var target = new Relation("", node.Relation.Schema, node.Relation.Identifier);
        var tmp = target.Named(target.Identifier + "__dbt_tmp");
        await warehouse.ExecuteAsync($"drop table if exists {tmp.Text}", ct).ConfigureAwait(false);
        await warehouse.ExecuteAsync($"create table {tmp.Text} as (\n{select}\n)", ct).ConfigureAwait(false);
        var rows = await warehouse.ScalarAsync($"select count(*) from {tmp.Text}", ct).ConfigureAwait(false);
        var present = await warehouse.ColumnsAsync(target, ct).ConfigureAwait(false);
        var given = await warehouse.ColumnsAsync(tmp, ct).ConfigureAwait(false);
        var statements = new List<string>();
        var columns = Columns(node, target, present, given, statements);
        CheckKeys(node, keys, given);
        if (strategy == "merge") statements.Add(Merge(target, tmp, keys, columns));
        else
        {
            if (strategy == "delete+insert" && keys.Length > 0) statements.Add(Delete(node, target, tmp, keys));
            statements.Add($"insert into {target.Text} ({List(columns)}) select {List(columns)} from {tmp.Text}");
        }
        statements.Add($"drop table {tmp.Text}");
        await warehouse.InTransactionAsync(statements, ct).ConfigureAwait(false);
        return new BuildOutcome(rows, $"incremental {strategy}, {rows} rows");
    }

    private static List<string> Columns(Node node, Relation target, IReadOnlyList<(string Name, string Type)> present, IReadOnlyList<(string Name, string Type)> given, List<string> statements)
    {
        var onChange = OneOf(node, "on_schema_change", "ignore", SchemaChanges);
        var added = given.ExceptBy(present.Select(c => c.Name), c => c.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var removed = present.ExceptBy(given.Select(c => c.Name), c => c.Name, StringComparer.OrdinalIgnoreCase).ToList();
        if (onChange == "fail" && (added.Count > 0 || removed.Count > 0))
            throw Bad(node, $"the columns changed: added {Names(added)}, removed {Names(removed)}", "run with --full-refresh, or set on_schema_change");
        if (onChange == "ignore" && removed.Count > 0)
            throw Bad(node, $"the table has columns that the model no longer gives: {Names(removed)}", "run with --full-refresh, or set on_schema_change: sync_all_columns");
        if (onChange is "append_new_columns" or "sync_all_columns")
            statements.AddRange(added.Select(c => $"alter table {target.Text} add column {Relation.Quote(c.Name)} {c.Type}"));
        if (onChange == "sync_all_columns")
        {
            statements.AddRange(removed.Select(c => $"alter table {target.Text} drop column {Relation.Quote(c.Name)}"));
            statements.AddRange(from old in present
                                join now in given on old.Name.ToLowerInvariant() equals now.Name.ToLowerInvariant()
                                where old.Type != now.Type
                                select $"alter table {target.Text} alter column {Relation.Quote(old.Name)} type {now.Type}");
        }
        var kept = onChange == "ignore" ? given.IntersectBy(present.Select(c => c.Name), c => c.Name, StringComparer.OrdinalIgnoreCase) : given;
        return [.. kept.Select(c => c.Name)];
    }

    private static void CheckKeys(Node node, string[] keys, IReadOnlyList<(string Name, string Type)> given)
    {
        foreach (var key in keys)
        {
            if (given.Any(c => c.Name.Equals(key, StringComparison.OrdinalIgnoreCase))) continue;
            throw Bad(node, $"unique_key '{key}' is not a column; columns are {Names(given)}", Nearest.To(key, given.Select(c => c.Name)) is { } near ? $"use '{near}'" : "name a column of the model");
        }
    }

    private static string Delete(Node node, Relation target, Relation tmp, string[] keys)
    {
        var conditions = keys.Select(k => $"leat_target.{Relation.Quote(k)} = leat_new.{Relation.Quote(k)}").Concat(node.Config.Texts("incremental_predicates").Select(p => $"({p})"));
        return $"delete from {target.Text} as leat_target using {tmp.Text} as leat_new where {string.Join(" and ", conditions)}";
    }

    private static string Merge(Relation target, Relation tmp, string[] keys, List<string> columns)
    {
        var on = string.Join(" and ", keys.Select(k => $"leat_target.{Relation.Quote(k)} = leat_new.{Relation.Quote(k)}"));
        var updates = string.Join(", ", columns.Except(keys, StringComparer.OrdinalIgnoreCase).Select(c => $"{Relation.Quote(c)} = leat_new.{Relation.Quote(c)}"));
        var update = updates.Length == 0 ? "" : $" when matched then update set {updates}";
        return $"merge into {target.Text} as leat_target using {tmp.Text} as leat_new on ({on}){update} when not matched then insert ({List(columns)}) values ({string.Join(", ", columns.Select(c => $"leat_new.{Relation.Quote(c)}"))})";
    }

    private static string OneOf(Node node, string key, string fallback, string[] known)
    {
        var value = node.Config.Text(key) ?? fallback;
        if (known.Contains(value)) return value;
        throw Bad(node, $"{key} is '{value}'; known are {string.Join(", ", known)}", Nearest.To(value, known) is { } near ? $"use '{near}'" : $"use '{fallback}'");
    }

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(Relation.Quote));

    private static string Names(IEnumerable<(string Name, string Type)> columns) => columns.Select(c => c.Name).ToList() is { Count: > 0 } names ? string.Join(", ", names) : "none";

    private static LeatException Bad(Node node, string what, string todo) => new("LEAT4032", $"incremental model '{node.Name}': {what}", node.Path, todo);
}
