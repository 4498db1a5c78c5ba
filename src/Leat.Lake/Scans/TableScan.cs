using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Leat.Core;
using Leat.Lake.Kernels;
using Leat.Lake.Protocol;

namespace Leat.Lake.Scans;

/// <summary>Writes the SELECT that reads a table's live files: columns in the table's order and types, absent ones NULL, partition values from the log.</summary>
/// <remarks>The session's TimeZone must be UTC: DuckDB casts INT96 and zoneless partition values by it.</remarks>
internal sealed class TableScan
{
    private const string NoColumn = "'': {name: 'none', type: 'INTEGER', default_value: NULL}";
    private readonly TableState _state;
    private readonly string _root;
    private readonly HashSet<string> _partitionColumns;
    private readonly List<(int Column, string Alias)> _partitions = [];
    private readonly StringBuilder _schema = new();
    private readonly List<string> _select = [];

    private TableScan(TableState state, string root)
    {
        (_state, _root) = (state, root);
        _partitionColumns = state.Metadata.PartitionColumns.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The SELECT with the rows left out that deletion vectors name.</summary>
    /// <param name="state">The table at a version.</param>
    /// <param name="root">Absolute path of the table folder.</param>
    /// <exception cref="LeatException">LEAT3011 files elsewhere than on disk; LEAT3014 damaged deletion vector.</exception>
    public static string Sql(TableState state, string root) => Sql(state, root, state.Files.Values.Where(f => f.DeletionVector is not null)
        .ToDictionary(f => DataPath.Absolute(root, f.Path), f => DeletionVectorFile.Read(f.DeletionVector!, root), StringComparer.Ordinal));

    /// <param name="state">The table at a version.</param>
    /// <param name="root">Absolute path of the table folder.</param>
    /// <param name="deleted">Rows deleted by deletion vectors, by absolute path of the file; counted from 0.</param>
    /// <exception cref="LeatException">LEAT3011 files elsewhere than on disk.</exception>
    public static string Sql(TableState state, string root, IReadOnlyDictionary<string, long[]> deleted)
    {
        var scan = new TableScan(state, root);
        return state.Files.IsEmpty ? scan.Empty() : scan.Build(deleted);
    }

    /// <summary>The SELECT of some columns of one file, rows in its order; last the row's place in the file.</summary>
    /// <param name="version">The table.</param>
    /// <param name="root">Absolute path of the table folder.</param>
    /// <param name="file">Of this version.</param>
    /// <param name="columns">Names; <see cref="LakeVersion.ChangeType"/> too in files of the change feed.</param>
    /// <param name="fromRow">First row wanted.</param>
    /// <exception cref="LeatException">LEAT3011 a file elsewhere than on disk; LEAT3014 damaged deletion vector; LEAT3021 no such column.</exception>
    public static string FileSql(LakeVersion version, string root, LakeFile file, ImmutableArray<string> columns, long fromRow)
    {
        var (state, data) = (version.State, file.Data);
        if (state is null || data is null) throw new ArgumentException("the version was not read from a log", nameof(version));
        var scan = new TableScan(state, root);
        foreach (var column in columns) scan.AddFileColumn(column, data, file.Kind);
        if (scan._schema.Length == 0) scan._schema.Append(NoColumn);
        var sql = new StringBuilder($"SELECT {string.Join(", ", scan._select.Append($"f.file_row_number AS {LakeVersion.RowNumber}"))} FROM read_parquet([{SqlText.Literal(scan.Absolute(data))}], hive_partitioning = false, schema = MAP {{{scan._schema}}}) f");
        if (file.Only is { } only) AppendRows(sql, "SEMI", DeletionVectorFile.Read(only, root));
        if (file.Without is { } without) AppendRows(sql, "ANTI", DeletionVectorFile.Read(without, root));
        sql.Append(CultureInfo.InvariantCulture, $" WHERE f.file_row_number >= {fromRow}");
        return file.Only is null && file.Without is null ? sql.ToString() : sql.Append(" ORDER BY f.file_row_number").ToString();
    }

    private static void AppendRows(StringBuilder sql, string join, long[] rows) =>
        sql.Append(CultureInfo.InvariantCulture, $" {join} JOIN (SELECT unnest([{string.Join(",", rows)}]::BIGINT[]) AS row) {(join == "SEMI" ? "o" : "w")} ON f.file_row_number = {(join == "SEMI" ? "o" : "w")}.row");

    private void AddFileColumn(string column, DeltaAction.AddFile file, LakeFileKind kind)
    {
        var index = _state.Schema.Logical.IndexOf(column);
        if (index >= 0)
        {
            AddColumn(index, file);
            return;
        }

        if (kind != LakeFileKind.ChangeData || column != LakeVersion.ChangeType) throw LakeErrors.NoColumn(_state.Table, column, _state.Schema.Logical);
        if (_schema.Length > 0) _schema.Append(", ");
        _schema.Append(CultureInfo.InvariantCulture, $"{SqlText.Literal(column)}: {{name: 'change', type: 'VARCHAR', default_value: NULL}}");
        _select.Add($"f.change AS {column}");
    }

    private string Empty()
    {
        var columns = _state.Schema.Logical.Select(f => $"CAST(NULL AS {f.Type}) AS {SqlText.Name(f.Name)}");
        return $"SELECT {string.Join(", ", columns)} WHERE false";
    }

    private string Build(IReadOnlyDictionary<string, long[]> deleted)
    {
        for (var i = 0; i < _state.Schema.Logical.Count; i++) AddColumn(i);
        if (_schema.Length == 0) _schema.Append(NoColumn);
        var files = _state.Files.Values.Select(f => (File: f, Path: Absolute(f))).OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
        var sql = new StringBuilder($"SELECT {string.Join(", ", _select)} FROM read_parquet([");
        sql.AppendJoin(", ", files.Select(f => SqlText.Literal(f.Path)));
        sql.Append(CultureInfo.InvariantCulture, $"], hive_partitioning = false, schema = MAP {{{_schema}}}) f");
        if (_partitions.Count > 0) AppendPartitions(sql, files);
        if (deleted.Count > 0) AppendDeleted(sql, deleted);
        return sql.ToString();
    }

    private string Absolute(DeltaAction.AddFile file) => DataPath.IsForeign(file.Path)
        ? throw LakeErrors.UnsupportedRead(_state.Table, $"the file '{file.Path}', which is not on a local disk,")
        : DataPath.Absolute(_root, file.Path);

    /// <param name="index">Of the column.</param>
    /// <param name="file">The only file, whose partition values are constants; null = many.</param>
    private void AddColumn(int index, DeltaAction.AddFile? file = null)
    {
        var (logical, physical) = (_state.Schema.Logical[index], _state.Schema.Physical[index]);
        var alias = $"c{index}";
        if (_partitionColumns.Contains(logical.Name))
        {
            if (file is not null)
            {
                _select.Add($"{PartitionValue(file, index)} AS {SqlText.Name(logical.Name)}");
                return;
            }

            _partitions.Add((index, alias));
            _select.Add($"p.{alias} AS {SqlText.Name(logical.Name)}");
            return;
        }
        if (_state.Schema.Voids.Contains(logical.Name))
        {
            _select.Add($"CAST(NULL AS INTEGER) AS {SqlText.Name(logical.Name)}");
            return;
        }
        if (_schema.Length > 0) _schema.Append(", ");
        _schema.Append(CultureInfo.InvariantCulture, $"{Identity(index)}: {{name: '{alias}', type: {SqlText.Literal(physical.Type.ToString())}, default_value: NULL}}");
        _select.Add($"{Renamed($"f.{alias}", logical.Type, physical.Type, 0)} AS {SqlText.Name(logical.Name)}");
    }

    /// <summary>What a column is found by in the files: its name there, or its field id.</summary>
    private string Identity(int index)
    {
        var physical = _state.Schema.Physical[index];
        if (TableFeatures.MappingMode(_state.Metadata) != "id") return SqlText.Literal(physical.Name);
        if (HasStruct(physical.Type)) throw LakeErrors.UnsupportedRead(_state.Table, $"column mapping by id inside the nested column '{_state.Schema.Logical[index].Name}'");
        return _state.Schema.FieldIds.TryGetValue(_state.Schema.Logical[index].Name, out var id)
            ? id.ToString(CultureInfo.InvariantCulture)
            : throw LakeErrors.UnsupportedRead(_state.Table, $"column mapping by id, but column '{_state.Schema.Logical[index].Name}' has none: that");
    }

    private static bool HasStruct(DataType type) => type.Kind == TypeKind.Struct || type.Children.Any(c => HasStruct(c.Type));

    /// <summary>The expression with the struct members under their logical names.</summary>
    private static string Renamed(string expression, DataType logical, DataType physical, int depth)
    {
        if (logical.Equals(physical)) return expression;
        var item = $"e{depth}";
        switch (logical.Kind)
        {
            case TypeKind.Struct:
                var members = logical.Children.Zip(physical.Children, (l, p) =>
                    $"{SqlText.Name(l.Name)} := {Renamed($"{expression}[{SqlText.Literal(p.Name)}]", l.Type, p.Type, depth)}");
                return $"CASE WHEN {expression} IS NULL THEN NULL ELSE struct_pack({string.Join(", ", members)}) END";
            case TypeKind.List:
                return $"list_transform({expression}, lambda {item}: {Renamed(item, logical.Children[0].Type, physical.Children[0].Type, depth + 1)})";
            default:
                var key = Renamed($"{item}['key']", logical.Children[0].Type, physical.Children[0].Type, depth + 1);
                var value = Renamed($"{item}['value']", logical.Children[1].Type, physical.Children[1].Type, depth + 1);
                return $"map_from_entries(list_transform(map_entries({expression}), lambda {item}: {{'key': {key}, 'value': {value}}}))";
        }
    }

    private void AppendPartitions(StringBuilder sql, List<(DeltaAction.AddFile File, string Path)> files)
    {
        sql.Append(" JOIN (VALUES ");
        sql.AppendJoin(", ", files.Select(f => $"({SqlText.Literal(f.Path)}, {string.Join(", ", _partitions.Select(p => PartitionValue(f.File, p.Column)))})"));
        sql.Append(CultureInfo.InvariantCulture, $") p(file, {string.Join(", ", _partitions.Select(p => p.Alias))}) ON f.filename = p.file");
    }

    private string PartitionValue(DeltaAction.AddFile file, int column)
    {
        var type = _state.Schema.Logical[column].Type;
        var text = file.PartitionValues.GetValueOrDefault(_state.Schema.Physical[column].Name);
        if (string.IsNullOrEmpty(text)) return $"CAST(NULL AS {type})";
        return type.Kind == TypeKind.Blob ? SqlText.Blob(text) : $"CAST({SqlText.Literal(text)} AS {type})";
    }

    private static void AppendDeleted(StringBuilder sql, IReadOnlyDictionary<string, long[]> deleted)
    {
        sql.Append(" ANTI JOIN (SELECT file, unnest(rows) AS row FROM (VALUES ");
        sql.AppendJoin(", ", deleted.Select(d => $"({SqlText.Literal(d.Key)}, [{string.Join(",", d.Value)}]::BIGINT[])"));
        sql.Append(") v(file, rows)) d ON f.filename = d.file AND f.file_row_number = d.row");
    }
}
