namespace Leat.Core;

/// <summary>SQL spelling of types, as DuckDB reads them.</summary>
internal static class TypeNames
{
    public static string Sql(DataType type) => type.Kind switch
    {
        TypeKind.Null => "\"NULL\"",
        TypeKind.Int8 => "TINYINT",
        TypeKind.Int16 => "SMALLINT",
        TypeKind.Int32 => "INTEGER",
        TypeKind.Int64 => "BIGINT",
        TypeKind.UInt8 => "UTINYINT",
        TypeKind.UInt16 => "USMALLINT",
        TypeKind.UInt32 => "UINTEGER",
        TypeKind.UInt64 => "UBIGINT",
        TypeKind.Int128 => "HUGEINT",
        TypeKind.UInt128 => "UHUGEINT",
        TypeKind.Float32 => "FLOAT",
        TypeKind.Float64 => "DOUBLE",
        TypeKind.Decimal => $"DECIMAL({type.Width},{type.Scale})",
        TypeKind.Text => "VARCHAR",
        TypeKind.TimeTz => "TIME WITH TIME ZONE",
        TypeKind.TimeNs => "TIME_NS",
        TypeKind.TimestampS => "TIMESTAMP_S",
        TypeKind.TimestampMs => "TIMESTAMP_MS",
        TypeKind.TimestampNs => "TIMESTAMP_NS",
        TypeKind.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        TypeKind.Enum => $"ENUM({string.Join(", ", type.Labels.Select(l => $"'{l.Replace("'", "''", StringComparison.Ordinal)}'"))})",
        TypeKind.List => $"{type.Children[0].Type}[]",
        TypeKind.Array => $"{type.Children[0].Type}[{type.Length}]",
        TypeKind.Map => $"MAP({type.Children[0].Type}, {type.Children[1].Type})",
        TypeKind.Struct => $"STRUCT({Members(type)})",
        TypeKind.Union => $"UNION({Members(type)})",
        _ => type.Kind.ToString().ToUpperInvariant(),
    };

    private static string Members(DataType type) =>
        string.Join(", ", type.Children.Select(f => $"\"{f.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" {f.Type}"));
}
