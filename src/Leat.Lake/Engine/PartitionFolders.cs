using System.Collections.Immutable;
using System.Globalization;
using Leat.Core;
using Leat.Lake.Protocol;

namespace Leat.Lake.Engine;

/// <summary>Partition values as DuckDB writes them into folder names (<c>column=value</c>), turned into what the log holds.</summary>
internal static class PartitionFolders
{
    private const string Null = "__HIVE_DEFAULT_PARTITION__";

    /// <param name="path">Path of a file, relative to the table.</param>
    /// <param name="state">The table.</param>
    public static ImmutableDictionary<string, string?> Read(string path, TableState state)
    {
        var folders = path.Split('/', '\\');
        var values = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i < state.Metadata.PartitionColumns.Length; i++)
        {
            var name = state.Metadata.PartitionColumns[i];
            var text = folders[i][(folders[i].IndexOf('=', StringComparison.Ordinal) + 1)..];
            values[name] = text is Null or "" ? null : Value(Uri.UnescapeDataString(text), state.Schema.Logical.First(f => f.Name == name).Type);
        }
        return values.ToImmutable();
    }

    /// <summary>Types that can be partitioned by.</summary>
    public static bool Allows(DataType type) => type.Kind is TypeKind.Int8 or TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Decimal or TypeKind.Text
        or TypeKind.Boolean or TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz;

    private static string Value(string text, DataType type)
    {
        if (type.Kind != TypeKind.TimestampTz) return text;
        var zoneless = text.EndsWith("+00", StringComparison.Ordinal) ? text[..^3] : text;
        return DateTime.TryParse(zoneless, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
            : text;
    }
}
