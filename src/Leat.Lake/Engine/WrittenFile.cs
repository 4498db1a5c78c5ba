using System.Globalization;
using Leat.Lake.Protocol;
using Leat.Lake.Scans;

namespace Leat.Lake.Engine;

/// <summary>A file as DuckDB's COPY reports it.</summary>
internal sealed record WrittenFile(string Path, long Rows, long SizeBytes, IReadOnlyDictionary<string, ColumnStats> Stats)
{
    /// <summary>Statistics of a leaf column, or null when there are none.</summary>
    public ColumnStats? StatsOf(string[] path) => Stats.GetValueOrDefault(string.Join('.', path.Select(SqlText.Name)));

    /// <param name="row">filename, count, file_size_bytes, footer_size_bytes, column_statistics, ...</param>
    public static WrittenFile Of(object?[] row) => new(
        (string)row[0]!, Number(row[1]), Number(row[2]), Pairs(row[4]).ToDictionary(c => (string)c.Key!, c => StatsOf(c.Value), StringComparer.Ordinal));

    private static ColumnStats StatsOf(object? map)
    {
        var values = Pairs(map).ToDictionary(p => (string)p.Key!, p => (string?)p.Value, StringComparer.Ordinal);
        return new ColumnStats(
            values.GetValueOrDefault("min"), values.GetValueOrDefault("max"),
            long.Parse(values.GetValueOrDefault("null_count") ?? "0", CultureInfo.InvariantCulture), values.GetValueOrDefault("has_nan") == "true");
    }

    private static List<KeyValuePair<object?, object?>> Pairs(object? map) => (List<KeyValuePair<object?, object?>>?)map ?? [];

    private static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
