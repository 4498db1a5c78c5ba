using System.Collections.Frozen;
using System.Collections.Immutable;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>The engine's types as Leat's.</summary>
internal static class LogicalTypes
{
    private static readonly FrozenDictionary<NativeType, DataType> Plain = PlainTypes().ToFrozenDictionary(pair => pair.Native, pair => pair.Type);

    /// <summary>Types that need nothing said but their name, on both sides.</summary>
    internal static IEnumerable<(NativeType Native, DataType Type)> PlainTypes() =>
    [
        (NativeType.Boolean, DataType.Boolean), (NativeType.TinyInt, DataType.Int8), (NativeType.SmallInt, DataType.Int16), (NativeType.Integer, DataType.Int32), (NativeType.BigInt, DataType.Int64),
        (NativeType.UTinyInt, DataType.UInt8), (NativeType.USmallInt, DataType.UInt16), (NativeType.UInteger, DataType.UInt32), (NativeType.UBigInt, DataType.UInt64),
        (NativeType.HugeInt, DataType.Int128), (NativeType.UHugeInt, DataType.UInt128), (NativeType.Float, DataType.Float32), (NativeType.Double, DataType.Float64),
        (NativeType.Varchar, DataType.Text), (NativeType.Blob, DataType.Blob), (NativeType.Bit, DataType.Bit), (NativeType.BigNum, DataType.BigNum), (NativeType.Uuid, DataType.Uuid),
        (NativeType.Date, DataType.Date), (NativeType.Time, DataType.Time), (NativeType.TimeTz, DataType.TimeTz), (NativeType.TimeNs, DataType.TimeNs), (NativeType.Interval, DataType.Interval),
        (NativeType.Timestamp, DataType.Timestamp), (NativeType.TimestampS, DataType.TimestampS), (NativeType.TimestampMs, DataType.TimestampMs),
        (NativeType.TimestampNs, DataType.TimestampNs), (NativeType.TimestampTz, DataType.TimestampTz), (NativeType.SqlNull, DataType.Null),
    ];

    /// <summary>Leat's type of the same layout.</summary>
    /// <exception cref="LeatException">LEAT1120 a type that batches cannot hold.</exception>
    public static DataType Read(LogicalTypeHandle type)
    {
        var native = NativeMethods.duckdb_get_type_id(type);
        return native switch
        {
            NativeType.Decimal => DataType.Decimal(NativeMethods.duckdb_decimal_width(type), NativeMethods.duckdb_decimal_scale(type)),
            NativeType.Enum => DataType.Enum(Labels(type)),
            NativeType.List => DataType.List(ReadChild(NativeMethods.duckdb_list_type_child_type(type))),
            NativeType.Array => DataType.Array(ReadChild(NativeMethods.duckdb_array_type_child_type(type)), (int)NativeMethods.duckdb_array_type_array_size(type)),
            NativeType.Map => DataType.Map(ReadChild(NativeMethods.duckdb_map_type_key_type(type)), ReadChild(NativeMethods.duckdb_map_type_value_type(type))),
            NativeType.Struct => DataType.Struct(Members(type, NativeMethods.duckdb_struct_type_child_count(type), NativeMethods.duckdb_struct_type_child_name, NativeMethods.duckdb_struct_type_child_type)),
            NativeType.Union => DataType.Union(Members(type, NativeMethods.duckdb_union_type_member_count(type), NativeMethods.duckdb_union_type_member_name, NativeMethods.duckdb_union_type_member_type)),
            _ => Plain.GetValueOrDefault(native) ?? throw Unsupported(native.ToString().ToUpperInvariant()),
        };
    }

    internal static LeatException Unsupported(string type) => new(
        "LEAT1120", $"values of type {type} cannot be read", "result of a SQL statement", "cast the column in the statement, for example to VARCHAR or JSON");

    private static DataType ReadChild(LogicalTypeHandle child)
    {
        using (child) return Read(child);
    }

    private static ImmutableArray<string> Labels(LogicalTypeHandle type)
    {
        var labels = new string[NativeMethods.duckdb_enum_dictionary_size(type)];
        for (var i = 0; i < labels.Length; i++) labels[i] = NativeMethods.Owned(NativeMethods.duckdb_enum_dictionary_value(type, (ulong)i)) ?? "";
        return [.. labels];
    }

    private static ImmutableArray<Field> Members(LogicalTypeHandle type, ulong count, Func<LogicalTypeHandle, ulong, nint> name, Func<LogicalTypeHandle, ulong, LogicalTypeHandle> member)
    {
        var fields = ImmutableArray.CreateBuilder<Field>((int)count);
        for (ulong i = 0; i < count; i++) fields.Add(new Field(NativeMethods.Owned(name(type, i)) ?? "", ReadChild(member(type, i))));
        return fields.MoveToImmutable();
    }
}
