using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Leat.Core;

namespace Leat.Lake.Protocol;

/// <summary>Writes a file's statistics as Spark does: numRecords, minValues, maxValues, nullCount, nested like the schema.</summary>
internal sealed class StatsJson
{
    /// <summary>Leaf columns that get statistics, as Spark's default.</summary>
    private const int MostLeaves = 32;
    private const int LongestText = 32;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<(string[] Path, DataType Type, ColumnStats Stats)> _leaves = [];

    private StatsJson(IEnumerable<Field> columns, Func<string[], ColumnStats?> statsOf)
    {
        foreach (var column in columns) Collect([column.Name], column.Type, statsOf);
    }

    /// <param name="rows">Rows of the file.</param>
    /// <param name="columns">Columns in the file.</param>
    /// <param name="statsOf">Statistics of a leaf by its path, or null when there are none.</param>
    public static string Write(long rows, IEnumerable<Field> columns, Func<string[], ColumnStats?> statsOf)
    {
        var stats = new StatsJson(columns, statsOf);
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("numRecords", rows);
            stats.WriteGroup(json, "minValues", leaf => Bound(leaf.Type, leaf.Stats, upper: false));
            stats.WriteGroup(json, "maxValues", leaf => Bound(leaf.Type, leaf.Stats, upper: true));
            stats.WriteGroup(json, "nullCount", leaf => leaf.Stats.NullCount.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>The first 32 UTF-16 units, raised past every text with that beginning; null when there is no such bound.</summary>
    internal static string? UpperBound(string text)
    {
        var cut = Prefix(text);
        if (cut.Length == text.Length) return text;
        if (char.IsHighSurrogate(text[cut.Length]) && char.ConvertToUtf32(text, cut.Length) == 0x10FFFF) return null;
        return cut + (text[cut.Length] < '\u007F' ? "\u007F" : char.ConvertFromUtf32(0x10FFFF));
    }

    internal static string Prefix(string text)
    {
        if (text.Length <= LongestText) return text;
        return char.IsHighSurrogate(text[LongestText - 1]) ? text[..(LongestText - 1)] : text[..LongestText];
    }

    private void Collect(string[] path, DataType type, Func<string[], ColumnStats?> statsOf)
    {
        if (_leaves.Count >= MostLeaves) return;
        if (type.Kind == TypeKind.Struct)
        {
            foreach (var member in type.Children) Collect([.. path, member.Name], member.Type, statsOf);
        }
        else if (type.Kind is not (TypeKind.List or TypeKind.Map) && statsOf(path) is { } stats)
        {
            _leaves.Add((path, type, stats));
        }
    }

    private void WriteGroup(Utf8JsonWriter json, string name, Func<(string[] Path, DataType Type, ColumnStats Stats), string?> value)
    {
        json.WriteStartObject(name);
        string[] open = [];
        foreach (var leaf in _leaves)
        {
            if (value(leaf) is not { } raw) continue;
            open = MoveTo(json, open, leaf.Path[..^1]);
            json.WritePropertyName(leaf.Path[^1]);
            json.WriteRawValue(raw);
        }
        MoveTo(json, open, []);
        json.WriteEndObject();
    }

    private static string[] MoveTo(Utf8JsonWriter json, string[] open, string[] wanted)
    {
        var same = open.Zip(wanted).TakeWhile(p => p.First == p.Second).Count();
        for (var i = open.Length; i > same; i--) json.WriteEndObject();
        for (var i = same; i < wanted.Length; i++) json.WriteStartObject(wanted[i]);
        return wanted;
    }

    /// <summary>The bound as a JSON value, or null for none.</summary>
    private static string? Bound(DataType type, ColumnStats stats, bool upper)
    {
        if ((upper ? stats.Max : stats.Min) is not { } text) return null;
        switch (type.Kind)
        {
            case TypeKind.Int8 or TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Decimal:
                return text;
            case TypeKind.Float32 or TypeKind.Float64:
                return stats.HasNan || !double.TryParse(text, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number) ? null : text;
            case TypeKind.Date:
                return IsPlainYear(text) ? Quoted(text) : null;
            case TypeKind.Timestamp or TypeKind.TimestampTz:
                return Timestamp(text, type.Kind == TypeKind.TimestampTz, upper);
            case TypeKind.Text:
                return (upper ? UpperBound(text) : Prefix(text)) is { } bound ? Quoted(bound) : null;
            default:
                return null;
        }
    }

    /// <summary>Milliseconds; a maximum is rounded up, so that it stays a bound.</summary>
    private static string? Timestamp(string text, bool zoned, bool upper)
    {
        if (!IsPlainYear(text)) return null;
        var styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParse(text.EndsWith("+00", StringComparison.Ordinal) ? text[..^3] : text, CultureInfo.InvariantCulture, styles, out var at)) return null;
        var over = at.Ticks % TimeSpan.TicksPerMillisecond;
        at = at.AddTicks(-over);
        if (upper && over > 0)
        {
            if (DateTime.MaxValue - at < TimeSpan.FromMilliseconds(1)) return null;
            at = at.AddMilliseconds(1);
        }
        return Quoted(at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture) + (zoned ? "Z" : ""));
    }

    private static bool IsPlainYear(string text) => text.Length >= 10 && text[4] == '-' && char.IsAsciiDigit(text[0]) && !text.EndsWith("(BC)", StringComparison.Ordinal);

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
