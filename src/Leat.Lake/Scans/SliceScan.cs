using System.Globalization;
using System.Text;
using System.Text.Json;
using Leat.Lake.Protocol;

namespace Leat.Lake.Scans;

/// <summary>Reads part of a snapshot: leaves out files by their statistics, then rows by a condition.</summary>
internal static class SliceScan
{
    public static string Sql(string scan, LakeSlice slice)
    {
        var conditions = slice.Ranges.Select(r => string.Create(CultureInfo.InvariantCulture, $"{SqlText.Name(r.Column)} >= {r.From} AND {SqlText.Name(r.Column)} < {r.ToExcl}"));
        var sql = new StringBuilder($"SELECT {string.Join(", ", slice.Columns.Select(SqlText.Name))} FROM ({scan}) s");
        if (!slice.Ranges.IsEmpty) sql.Append(" WHERE ").AppendJoin(" AND ", conditions);
        return sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {SqlText.Name(slice.OrderBy)} LIMIT {slice.Limit}").ToString();
    }

    /// <summary>Whether the file may hold rows of the slice; yes where the log does not say.</summary>
    public static bool MayHold(TableState state, DeltaAction.AddFile file, LakeSlice slice)
    {
        if (string.IsNullOrEmpty(file.Stats) || TableFeatures.MappingMode(state.Metadata) != "none") return true;
        try
        {
            using var stats = JsonDocument.Parse(file.Stats);
            return slice.Ranges.All(r => Overlaps(stats.RootElement, r));
        }
        catch (JsonException)
        {
            return true; // statistics only save work
        }
    }

    private static bool Overlaps(JsonElement stats, LakeRange range) =>
        !(Find(stats, "minValues", range.Column) is { } least && least >= range.ToExcl) && !(Find(stats, "maxValues", range.Column) is { } most && most < range.From);

    private static long? Find(JsonElement stats, string side, string column) =>
        stats.TryGetProperty(side, out var values) && values.ValueKind == JsonValueKind.Object && values.TryGetProperty(column, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
