using System.Collections.Immutable;
using System.Text.Json;
using Leat.Core;
using Leat.Lake.Protocol;
using Leat.Lake.Scans;

namespace Leat.Lake.Commits;

/// <summary>The statements of one merge: the given rows stand in a table of the connection, with columns by number.</summary>
internal sealed class MergeSql
{
    private const string Rows = "leat_merge";
    private const string Gone = "gone";
    private readonly string _root;
    private readonly ImmutableArray<int> _key;

    private MergeSql(Schema table, string root, ImmutableArray<int> key)
    {
        (_root, _key) = (root, key);
        Given = new Schema([.. table, new Field(Gone, DataType.Boolean, false)]);
    }

    /// <summary>Columns of the given rows.</summary>
    public Schema Given { get; }

    private int Columns => Given.Count - 1;

    /// <exception cref="LeatException">LEAT3006 a key column that the table does not have.</exception>
    public static MergeSql Of(TableState state, string root, ImmutableArray<string> key)
    {
        var columns = key.Select(state.Schema.Logical.IndexOf).ToImmutableArray();
        return columns.IsEmpty || columns.Contains(-1) ? throw LakeErrors.MergeKey(state.Table, state.Schema.Logical, key) : new MergeSql(state.Schema.Logical, root, columns);
    }

    /// <summary>Keeps the last row of each key.</summary>
    public string Load(long scan)
    {
        var names = string.Join(", ", Enumerable.Range(0, Columns).Select(i => $"c{i}"));
        return $"CREATE TEMP TABLE {Rows} AS SELECT * EXCLUDE (n) FROM (SELECT *, row_number() OVER () AS n FROM leat_scan({scan}) s({names}, {Gone})) "
            + $"QUALIFY row_number() OVER (PARTITION BY {Key("")} ORDER BY n DESC) = 1";
    }

    /// <summary>Numbers of the files whose statistics do not rule out that they hold a row of the keys.</summary>
    public string Possible(IReadOnlyList<DeltaAction.AddFile> files)
    {
        var range = string.Join(", ", _key.Select(k => $"min(c{k}) AS lo{k}, max(c{k}) AS hi{k}, bool_or(c{k} IS NULL) AS no{k}"));
        var meets = string.Join(" AND ", _key.Select(k => $"(r.no{k} OR ((f.lo{k} IS NULL OR r.hi{k} >= f.lo{k}) AND (f.hi{k} IS NULL OR r.lo{k} <= f.hi{k})))"));
        var values = string.Join(", ", files.Select((f, number) => $"({number}, {Bounds(f)})"));
        return $"SELECT f.number FROM (VALUES {values}) f(number, {string.Join(", ", _key.Select(k => $"lo{k}, hi{k}"))}), (SELECT count(*) AS rows, {range} FROM {Rows}) r WHERE r.rows > 0 AND {meets} ORDER BY 1";
    }

    /// <summary>One row when the file holds a row of the keys.</summary>
    public string Holds(TableState state, DeltaAction.AddFile file) => $"SELECT 1 FROM ({Scan(state, [file])}) t WHERE {IsGiven} LIMIT 1";

    /// <summary>What comes in place of the files: their rows of other keys, and the given ones.</summary>
    public string Result(TableState state, ImmutableArray<DeltaAction.AddFile> touched)
    {
        var given = $"SELECT {string.Join(", ", Enumerable.Range(0, Columns).Select(i => $"c{i} AS {SqlText.Name(Given[i].Name)}"))} FROM {Rows} WHERE NOT {Gone}";
        return touched.IsEmpty ? given : $"SELECT * FROM ({Scan(state, touched)}) t WHERE NOT {IsGiven} UNION ALL {given}";
    }

    private string IsGiven => $"EXISTS (SELECT 1 FROM {Rows} g WHERE {string.Join(" AND ", _key.Select(k => $"g.c{k} IS NOT DISTINCT FROM t.{SqlText.Name(Given[k].Name)}"))})";

    private string Scan(TableState state, ImmutableArray<DeltaAction.AddFile> files) => TableScan.Sql(state with { Files = files.ToImmutableDictionary(f => f.Key) }, _root);

    private string Key(string prefix) => string.Join(", ", _key.Select(k => $"{prefix}c{k}"));

    private string Bounds(DeltaAction.AddFile file)
    {
        using var stats = Parse(file.Stats);
        return string.Join(", ", _key.Select(k => $"{Bound(stats, "minValues", k)}, {Bound(stats, "maxValues", k)}"));
    }

    /// <summary>Statistics are an offer: what is not there, or not of the form it should have, rules nothing out.</summary>
    private static JsonDocument? Parse(string? stats)
    {
        try
        {
            return string.IsNullOrEmpty(stats) ? null : JsonDocument.Parse(stats);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Bound(JsonDocument? stats, string group, int column)
    {
        var (field, type) = (Given[column], Given[column].Type);
        var none = $"CAST(NULL AS {type})";
        if (stats is null || stats.RootElement.ValueKind != JsonValueKind.Object || !stats.RootElement.TryGetProperty(group, out var values) || values.ValueKind != JsonValueKind.Object) return none;
        if (!values.TryGetProperty(field.Name, out var value)) return none;
        var text = value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null };
        if (text is null) return none;
        var bound = $"TRY_CAST({SqlText.Literal(text)} AS {type})";
        // Other writers cut times to milliseconds, also the greatest.
        return group == "maxValues" && type.Kind is TypeKind.Timestamp or TypeKind.TimestampTz ? $"{bound} + INTERVAL 1 MILLISECOND" : bound;
    }
}
