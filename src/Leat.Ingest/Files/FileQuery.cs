using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;

namespace Leat.Ingest.Files;

/// <summary>The SELECTs that read files.</summary>
internal static class FileQuery
{
    private static readonly ImmutableArray<Field> Origin = [new("_load_id", DataType.Text), new("_file", DataType.Text), new("_line", DataType.Int64)];

    /// <summary>Rows of one file as they are, in its order.</summary>
    public static string Read(SourceDefinition.Files source, string path) => source.Format switch
    {
        FileFormat.Parquet => $"FROM read_parquet({Literal(path)}, hive_partitioning = false)",
        FileFormat.Ndjson => $"FROM read_ndjson_objects({Literal(path)})",
        _ => $"FROM read_csv({Literal(path)}, all_varchar = true, header = {(source.Header ? "true" : "false")}{Delimiter(source)})",
    };

    /// <summary>Table of the source: the file's columns, then where each row came from.</summary>
    /// <param name="source">Types that are declared.</param>
    /// <param name="columns">Columns of the first file; names become such as Delta can hold.</param>
    public static Schema Table(SourceDefinition.Files source, IEnumerable<Field> columns) => new(
    [
        .. columns.Select(c => PlainName(c.Name) is var name && source.Types.TryGetValue(name, out var type) ? new Field(name, type) : new Field(name, c.Type)), .. Origin,
    ]);

    /// <summary>Rows of one file in the table's columns.</summary>
    /// <param name="from">FROM clause, see <see cref="Read"/>.</param>
    /// <param name="columns">Columns it gives.</param>
    /// <param name="table">Columns wanted.</param>
    /// <param name="origin">Load, and the file as shown.</param>
    /// <param name="firstLine">Line of the first row.</param>
    public static string Project(string from, Schema columns, Schema table, (string LoadId, string File) origin, int firstLine)
    {
        var given = columns.ToDictionary(c => PlainName(c.Name), c => c.Name, StringComparer.Ordinal);
        var select = table.Take(table.Count - Origin.Length).Select(c => given.TryGetValue(c.Name, out var name)
            ? $"CAST({Name(name)} AS {c.Type}) AS {Name(c.Name)}"
            : $"CAST(NULL AS {c.Type}) AS {Name(c.Name)}");
        return $"SELECT {string.Join(", ", select)}, {Literal(origin.LoadId)} AS _load_id, {Literal(origin.File)} AS _file, "
            + $"row_number() OVER () + {(firstLine - 1).ToString(CultureInfo.InvariantCulture)} AS _line {from}";
    }

    /// <summary>Columns of the file that the table does not have.</summary>
    public static IReadOnlyList<string> Unknown(Schema columns, Schema table) => [.. columns.Select(c => PlainName(c.Name)).Where(n => table.IndexOf(n) < 0)];

    /// <summary>The name with '_' for what may not stand in a column of a Delta table.</summary>
    public static string PlainName(string name) => string.Concat(name.Trim().Select(c => " ,;{}()\n\t=\r".Contains(c, StringComparison.Ordinal) ? '_' : c));

    private static string Delimiter(SourceDefinition.Files source) => source.Delimiter is null ? "" : $", delim = {Literal(source.Delimiter)}";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
