using System.Collections.Immutable;
using Leat.Core;
using Npgsql;

namespace Leat.Streams;

/// <summary>Whether a table that is there takes a job's rows.</summary>
internal static class PostgresCheck
{
    private const string ColumnsSql = """
        SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> ''
        FROM pg_attribute a WHERE a.attrelid = @table::regclass AND a.attnum > 0 AND NOT a.attisdropped
        """;

    private const string KeysSql = """
        SELECT ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k(n, place) JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n WHERE k.place <= i.indnkeyatts),
               coalesce(to_jsonb(i) ->> 'indnullsnotdistinct', 'false') = 'true'
        FROM pg_index i WHERE i.indrelid = @table::regclass AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
        """;

    /// <returns>Whether the columns have exactly the types that are sent.</returns>
    /// <exception cref="LeatException">LEAT2146 a column is missing, of another type, or must have a value that no row has; the key is not unique.</exception>
    public static async Task<bool> RunAsync(PostgresPlan plan, NpgsqlConnection connection, CancellationToken ct)
    {
        var columns = await ColumnsAsync(plan, connection, ct).ConfigureAwait(false);
        foreach (var column in plan.Columns) CheckColumn(plan, column, columns);
        if (plan.IsKeyed && (!columns.TryGetValue(PostgresPlan.Version, out var version) || version.Type != "bigint"))
            throw StreamErrors.SinkTable(plan.Sink.Name, $"the table has no column {PostgresPlan.Version} bigint", $"ALTER TABLE {plan.Table} ADD COLUMN {PostgresPlan.Version} bigint NOT NULL DEFAULT 0");
        var ours = plan.Columns.Select(c => c.Field.Name).Append(PostgresPlan.Version).ToHashSet(StringComparer.Ordinal);
        if (columns.FirstOrDefault(c => !ours.Contains(c.Key) && c.Value is { NotNull: true, HasValue: false }) is { Key: { } needed })
            throw StreamErrors.SinkTable(plan.Sink.Name, $"column '{needed}' must have a value, and the job's rows have no such column: they have {plan.Target.Columns}", $"ALTER TABLE {plan.Table} ALTER COLUMN {PostgresColumn.Quote(needed)} DROP NOT NULL, or give it a default");
        if (plan.IsKeyed) await CheckKeyAsync(plan, connection, columns, ct).ConfigureAwait(false);
        return plan.Columns.All(c => columns[c.Field.Name].Type == c.Type);
    }

    private static void CheckColumn(PostgresPlan plan, PostgresColumn column, Dictionary<string, (string Type, bool NotNull, bool HasValue)> columns)
    {
        if (!columns.TryGetValue(column.Field.Name, out var has))
            throw StreamErrors.SinkTable(plan.Sink.Name, $"the table has no column '{column.Field.Name}'; it has {string.Join(", ", columns.Keys)}", $"ALTER TABLE {plan.Table} ADD COLUMN {column.Quoted} {column.Type}, or change the job");
        if (!column.Fits(has.Type))
            throw StreamErrors.SinkTable(plan.Sink.Name, $"column '{column.Field.Name}' is {has.Type}, the job writes {column.Type}", $"make it {string.Join(" or ", column.Fitting.Prepend(column.Type))}, or change the job");
    }

    private static async Task CheckKeyAsync(PostgresPlan plan, NpgsqlConnection connection, Dictionary<string, (string Type, bool NotNull, bool HasValue)> columns, CancellationToken ct)
    {
        var wanted = plan.Target.Key.ToHashSet(StringComparer.Ordinal);
        var canBeNull = plan.Key.Any(c => c.Field.Nullable && !columns[c.Field.Name].NotNull);
        using var command = new NpgsqlCommand(KeysSql, connection) { Parameters = { new("table", plan.Table) } };
        var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                if (wanted.SetEquals(reader.GetFieldValue<string[]>(0)) && (!canBeNull || reader.GetBoolean(1))) return;
        }

        throw StreamErrors.SinkTable(plan.Sink.Name, $"the table has no unique index over ({string.Join(", ", plan.Target.Key)}){(canBeNull ? " that takes two NULLs as the same" : "")}", $"ALTER TABLE {plan.Table} ADD {plan.Unique}");
    }

    private static async Task<Dictionary<string, (string Type, bool NotNull, bool HasValue)>> ColumnsAsync(PostgresPlan plan, NpgsqlConnection connection, CancellationToken ct)
    {
        var columns = new Dictionary<string, (string Type, bool NotNull, bool HasValue)>(StringComparer.Ordinal);
        using var command = new NpgsqlCommand(ColumnsSql, connection) { Parameters = { new("table", plan.Table) } };
        var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false)) columns[reader.GetString(0)] = (reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3));
        }

        return columns;
    }
}
