using System.Collections.Frozen;
using Leat.Core;

namespace Leat.Streams.Decoding;

/// <summary>The types that may stand in the job's records and results.</summary>
internal static class Values
{
    private static readonly FrozenDictionary<Type, DataType> Known = new Dictionary<Type, DataType>
    {
        [typeof(Text)] = DataType.Text,
        [typeof(string)] = DataType.Text,
        [typeof(bool)] = DataType.Boolean,
        [typeof(sbyte)] = DataType.Int8,
        [typeof(short)] = DataType.Int16,
        [typeof(int)] = DataType.Int32,
        [typeof(long)] = DataType.Int64,
        [typeof(byte)] = DataType.UInt8,
        [typeof(ushort)] = DataType.UInt16,
        [typeof(uint)] = DataType.UInt32,
        [typeof(ulong)] = DataType.UInt64,
        [typeof(float)] = DataType.Float32,
        [typeof(double)] = DataType.Float64,
        [typeof(decimal)] = DataType.Decimal(38, DecimalScale),
        [typeof(DateTime)] = DataType.Timestamp,
        [typeof(DateOnly)] = DataType.Date,
        [typeof(Guid)] = DataType.Uuid,
    }.ToFrozenDictionary();

    /// <summary>Digits after the point that a decimal column keeps where nothing else is said.</summary>
    public const int DecimalScale = 6;

    public static bool Supports(Type type) => type.IsEnum || Known.ContainsKey(type);

    /// <summary>Column type of a supported type; enums are columns of text.</summary>
    public static DataType ColumnType(Type type) => type.IsEnum ? DataType.Text : Known[type];
}
