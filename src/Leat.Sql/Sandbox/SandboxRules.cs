using System.Collections.Frozen;

namespace Leat.Sql;

/// <summary>What a statement from outside may call. The first of two fences: the sandbox itself has no files, no network and a locked configuration.</summary>
internal static class SandboxRules
{
    private static readonly FrozenSet<string> TableFunctions = Names("range", "generate_series", "unnest", "json_each", "json_tree");

    private static readonly FrozenSet<string> RefusedFunctions = Names(
        "current_setting", "getenv", "getvariable", "nextval", "currval", "setseed", "query", "query_table", "write_log", "sleep", "sleep_ms", "pg_sleep",
        "json_serialize_sql", "json_deserialize_sql", "json_serialize_plan", "json_execute_serialized_sql", "leat_scan", "current_connection_id", "current_query", "in_search_path");

    /// <exception cref="Leat.Core.LeatException">LEAT1503 with the place of what is not allowed.</exception>
    public static void Check(string sql, StatementTree tree)
    {
        if (tree.ShowsCatalog) throw SqlErrors.NotAllowed("SHOW", sql, 0);
        foreach (var function in tree.Functions)
        {
            if (function.Catalog.Length > 0 || function.Schema is not ("" or "main")) throw SqlErrors.NotAllowed($"a function called by its schema ({function.Schema}.{function.Name})", sql, function.Position);
            if (function.IsTable ? !TableFunctions.Contains(function.Name) : RefusedFunctions.Contains(function.Name)) throw SqlErrors.NotAllowed($"function {function.Name}", sql, function.Position);
        }
    }

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
