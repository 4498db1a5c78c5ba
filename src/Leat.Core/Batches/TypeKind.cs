namespace Leat.Core;

/// <summary>The kinds of value a column can hold; memory layouts equal DuckDB's vectors.</summary>
public enum TypeKind : byte
{
    /// <summary>Type of an untyped NULL.</summary>
    Null,
    Boolean,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,

    /// <summary>HUGEINT, 16 bytes.</summary>
    Int128,

    /// <summary>UHUGEINT, 16 bytes.</summary>
    UInt128,
    Float32,
    Float64,

    /// <summary>Exact decimal: width 1-38, scale 0-width; stored as Int16 (width 1-4), Int32 (5-9), Int64 (10-18), Int128 (19-38).</summary>
    Decimal,

    /// <summary>UTF-8 string, 16-byte view (<see cref="Text"/>).</summary>
    Text,

    /// <summary>Bytes, 16-byte view.</summary>
    Blob,

    /// <summary>Bit string, 16-byte view.</summary>
    Bit,

    /// <summary>Days since 1970-01-01, Int32.</summary>
    Date,

    /// <summary>Microseconds since midnight, Int64.</summary>
    Time,

    /// <summary>Time with offset, DuckDB's packed 64 bits.</summary>
    TimeTz,

    /// <summary>Nanoseconds since midnight, Int64.</summary>
    TimeNs,

    /// <summary>Microseconds since 1970-01-01 without zone, Int64.</summary>
    Timestamp,
    TimestampS,
    TimestampMs,
    TimestampNs,

    /// <summary>Microseconds since 1970-01-01 UTC, Int64.</summary>
    TimestampTz,

    /// <summary>Months (Int32), days (Int32), microseconds (Int64).</summary>
    Interval,

    /// <summary>16 bytes, high bit flipped as DuckDB stores it.</summary>
    Uuid,

    /// <summary>Index into <see cref="DataType.Labels"/>: UInt8 (up to 255 labels), UInt16 (up to 65,535), UInt32.</summary>
    Enum,

    /// <summary>(offset, length) pairs of UInt64 into the one child.</summary>
    List,

    /// <summary>Fixed <see cref="DataType.Length"/> of elements a row in the one child.</summary>
    Array,

    /// <summary>One child a field, no data of its own.</summary>
    Struct,

    /// <summary>A list of struct(key, value).</summary>
    Map,

    /// <summary>Struct whose first child is the UInt8 tag.</summary>
    Union,

    /// <summary>Arbitrary-precision integer, 16-byte view of DuckDB's encoding.</summary>
    BigNum,
}
