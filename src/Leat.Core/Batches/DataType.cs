using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>Type of a column. Compared by content.</summary>
public sealed class DataType : IEquatable<DataType>
{
    private DataType(TypeKind kind, byte width = 0, byte scale = 0, ImmutableArray<Field> children = default, ImmutableArray<string> labels = default)
    {
        Kind = kind;
        Width = width;
        Scale = scale;
        Children = children.IsDefault ? [] : children;
        Labels = labels.IsDefault ? [] : labels;
    }

    /// <summary>Kind of value.</summary>
    public TypeKind Kind { get; }

    /// <summary>Decimal digits in all, 1-38; 0 for other kinds.</summary>
    public byte Width { get; }

    /// <summary>Decimal digits after the point; 0 for other kinds.</summary>
    public byte Scale { get; }

    /// <summary>List and array: one field "element". Map: "key" and "value". Struct and union: the members.</summary>
    public ImmutableArray<Field> Children { get; }

    /// <summary>Labels of an enum, in index order.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>Elements a row of an array type.</summary>
    public int Length { get; private init; }

    public static readonly DataType Null = new(TypeKind.Null);
    public static readonly DataType Boolean = new(TypeKind.Boolean);
    public static readonly DataType Int8 = new(TypeKind.Int8);
    public static readonly DataType Int16 = new(TypeKind.Int16);
    public static readonly DataType Int32 = new(TypeKind.Int32);
    public static readonly DataType Int64 = new(TypeKind.Int64);
    public static readonly DataType UInt8 = new(TypeKind.UInt8);
    public static readonly DataType UInt16 = new(TypeKind.UInt16);
    public static readonly DataType UInt32 = new(TypeKind.UInt32);
    public static readonly DataType UInt64 = new(TypeKind.UInt64);
    public static readonly DataType Int128 = new(TypeKind.Int128);
    public static readonly DataType UInt128 = new(TypeKind.UInt128);
    public static readonly DataType Float32 = new(TypeKind.Float32);
    public static readonly DataType Float64 = new(TypeKind.Float64);
    public static readonly DataType Text = new(TypeKind.Text);
    public static readonly DataType Blob = new(TypeKind.Blob);
    public static readonly DataType Bit = new(TypeKind.Bit);
    public static readonly DataType Date = new(TypeKind.Date);
    public static readonly DataType Time = new(TypeKind.Time);
    public static readonly DataType TimeTz = new(TypeKind.TimeTz);
    public static readonly DataType TimeNs = new(TypeKind.TimeNs);
    public static readonly DataType Timestamp = new(TypeKind.Timestamp);
    public static readonly DataType TimestampS = new(TypeKind.TimestampS);
    public static readonly DataType TimestampMs = new(TypeKind.TimestampMs);
    public static readonly DataType TimestampNs = new(TypeKind.TimestampNs);
    public static readonly DataType TimestampTz = new(TypeKind.TimestampTz);
    public static readonly DataType Interval = new(TypeKind.Interval);
    public static readonly DataType Uuid = new(TypeKind.Uuid);
    public static readonly DataType BigNum = new(TypeKind.BigNum);

    /// <summary>The type of a kind that needs nothing else said, or null.</summary>
    internal static DataType? Simple(TypeKind kind) => Simples.GetValueOrDefault(kind);

    private static readonly FrozenDictionary<TypeKind, DataType> Simples = new[]
    {
        Null, Boolean, Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64, Int128, UInt128, Float32, Float64, Text, Blob, Bit, Date,
        Time, TimeTz, TimeNs, Timestamp, TimestampS, TimestampMs, TimestampNs, TimestampTz, Interval, Uuid, BigNum,
    }.ToFrozenDictionary(type => type.Kind);

    /// <summary>Exact decimal of 1-38 digits, <paramref name="scale"/> of them after the point.</summary>
    public static DataType Decimal(int width, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 38);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, width);
        return new(TypeKind.Decimal, (byte)width, (byte)scale);
    }

    public static DataType Enum(params ImmutableArray<string> labels) => new(TypeKind.Enum, labels: labels);

    public static DataType List(DataType element) => new(TypeKind.List, children: [new Field("element", element)]);

    public static DataType Array(DataType element, int length) => new(TypeKind.Array, children: [new Field("element", element)]) { Length = length };

    public static DataType Struct(params ImmutableArray<Field> fields) => new(TypeKind.Struct, children: fields);

    public static DataType Map(DataType key, DataType value) => new(TypeKind.Map, children: [new Field("key", key), new Field("value", value)]);

    public static DataType Union(params ImmutableArray<Field> members) => new(TypeKind.Union, children: members);

    /// <summary>Bytes one value takes in a vector; 0 for struct, union and array, whose data are in their children.</summary>
    public int ValueSize => Kind switch
    {
        TypeKind.Boolean or TypeKind.Int8 or TypeKind.UInt8 or TypeKind.Null => 1,
        TypeKind.Int16 or TypeKind.UInt16 => 2,
        TypeKind.Int32 or TypeKind.UInt32 or TypeKind.Float32 or TypeKind.Date => 4,
        TypeKind.Int64 or TypeKind.UInt64 or TypeKind.Float64 or TypeKind.Time or TypeKind.TimeTz or TypeKind.TimeNs => 8,
        TypeKind.Timestamp or TypeKind.TimestampS or TypeKind.TimestampMs or TypeKind.TimestampNs or TypeKind.TimestampTz => 8,
        TypeKind.Decimal => Width <= 4 ? 2 : Width <= 9 ? 4 : Width <= 18 ? 8 : 16,
        TypeKind.Enum => Labels.Length <= byte.MaxValue ? 1 : Labels.Length <= ushort.MaxValue ? 2 : 4,
        TypeKind.Struct or TypeKind.Union or TypeKind.Array => 0,
        _ => 16,
    };

    /// <summary>Values are 16-byte views onto bytes: text, blob, bit, bignum.</summary>
    public bool IsView => Kind is TypeKind.Text or TypeKind.Blob or TypeKind.Bit or TypeKind.BigNum;

    public bool Equals(DataType? other) => other is not null && Kind == other.Kind && Width == other.Width && Scale == other.Scale && Length == other.Length
        && Children.SequenceEqual(other.Children) && Labels.SequenceEqual(other.Labels);

    public override bool Equals(object? obj) => Equals(obj as DataType);

    public override int GetHashCode() => HashCode.Combine(Kind, Width, Scale, Length, Children.Length, Labels.Length);

    /// <summary>The type as DuckDB's SQL spells it.</summary>
    public override string ToString() => TypeNames.Sql(this);
}
