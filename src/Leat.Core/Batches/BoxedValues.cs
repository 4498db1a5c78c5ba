using System.Globalization;

namespace Leat.Core;

/// <summary>Boxed .NET values of a vector, for comfort and tests; the types are listed at <see cref="Column.GetValue"/>.</summary>
internal static class BoxedValues
{
    public static object? Read(ColumnVector vector, int row)
    {
        if (vector.Type.Kind == TypeKind.Null || !vector.IsValid(row)) return null;
        return vector.Type.Kind switch
        {
            TypeKind.Boolean => vector.Values<bool>()[row],
            TypeKind.Int8 => vector.Values<sbyte>()[row],
            TypeKind.Int16 => vector.Values<short>()[row],
            TypeKind.Int32 => vector.Values<int>()[row],
            TypeKind.Int64 => vector.Values<long>()[row],
            TypeKind.UInt8 => vector.Values<byte>()[row],
            TypeKind.UInt16 => vector.Values<ushort>()[row],
            TypeKind.UInt32 => vector.Values<uint>()[row],
            TypeKind.UInt64 => vector.Values<ulong>()[row],
            TypeKind.Int128 => vector.Values<Int128>()[row],
            TypeKind.UInt128 => vector.Values<UInt128>()[row],
            TypeKind.Float32 => vector.Values<float>()[row],
            TypeKind.Float64 => vector.Values<double>()[row],
            TypeKind.Decimal => DecimalScale.Box(StoredInteger(vector, row), vector.Type.Scale),
            TypeKind.Uuid => StoredUuid.To(vector.Values<UInt128>()[row]),
            TypeKind.Enum => vector.Type.Labels[(int)StoredInteger(vector, row)],
            TypeKind.Interval => vector.Values<IntervalValue>()[row],
            _ => vector.Type.IsView ? View(vector, row) : vector.Type.ValueSize == 8 ? Time(vector, row)
                : vector.Type.Kind == TypeKind.Date ? StoredTime.Date(vector.Values<int>()[row]) : Nested(vector, row),
        };
    }

    private static object View(ColumnVector vector, int row)
    {
        var view = vector.Values<Text>()[row];
        return vector.Type.Kind switch
        {
            TypeKind.Text => view.ToString(),
            TypeKind.Bit => StoredBits.ToDigits(view.Bytes),
            TypeKind.BigNum => StoredBits.ToInteger(view.Bytes),
            _ => view.Bytes.ToArray(),
        };
    }

    private static object Time(ColumnVector vector, int row)
    {
        var units = vector.Values<long>()[row];
        return vector.Type.Kind switch
        {
            TypeKind.Time => units == TimeSpan.MicrosecondsPerDay ? TimeSpan.FromDays(1) : new TimeOnly(units * TimeSpan.TicksPerMicrosecond),
            TypeKind.TimeNs => units / TimeSpan.NanosecondsPerTick == TimeSpan.TicksPerDay ? TimeSpan.FromDays(1) : new TimeOnly(units / TimeSpan.NanosecondsPerTick),
            TypeKind.TimeTz => TimeWithOffset.Unpack((ulong)units),
            var kind => StoredTime.Time(units, kind),
        };
    }

    private static Int128 StoredInteger(ColumnVector vector, int row) => (vector.Type.Kind, vector.Type.ValueSize) switch
    {
        (TypeKind.Enum, 1) => vector.Values<byte>()[row],
        (TypeKind.Enum, 2) => vector.Values<ushort>()[row],
        (TypeKind.Enum, _) => vector.Values<uint>()[row],
        (_, 2) => vector.Values<short>()[row],
        (_, 4) => vector.Values<int>()[row],
        (_, 8) => vector.Values<long>()[row],
        _ => vector.Values<Int128>()[row],
    };

    private static object? Nested(ColumnVector vector, int row) => vector.Type.Kind switch
    {
        TypeKind.List => Elements(vector.Children[0], vector.Values<ListEntry>()[row]),
        TypeKind.Array => Elements(vector.Children[0], new ListEntry((ulong)row * (ulong)vector.Type.Length, (ulong)vector.Type.Length)),
        TypeKind.Map => Pairs(vector, vector.Values<ListEntry>()[row]),
        TypeKind.Struct => Members(vector, row),
        TypeKind.Union => Member(vector, row),
        var kind => throw new NotSupportedException($"values of {kind} cannot be boxed"),
    };

    private static List<object?> Elements(ColumnVector child, ListEntry entry)
    {
        var list = new List<object?>((int)entry.Length);
        for (var i = 0; i < (int)entry.Length; i++) list.Add(Read(child, (int)entry.Offset + i));
        return list;
    }

    private static List<KeyValuePair<object?, object?>> Pairs(ColumnVector map, ListEntry entry)
    {
        var pairs = new List<KeyValuePair<object?, object?>>((int)entry.Length);
        for (var i = (int)entry.Offset; i < (int)(entry.Offset + entry.Length); i++) pairs.Add(new(Read(map.Children[0], i), Read(map.Children[1], i)));
        return pairs;
    }

    private static Dictionary<string, object?> Members(ColumnVector vector, int row)
    {
        var members = new Dictionary<string, object?>(vector.Children.Length, StringComparer.Ordinal);
        for (var i = 0; i < vector.Children.Length; i++) members[MemberName(vector.Type, i)] = Read(vector.Children[i], row);
        return members;
    }

    /// <summary>Name of a struct's member; members of an unnamed row are counted from 1.</summary>
    internal static string MemberName(DataType type, int index) =>
        type.Children[index].Name is { Length: > 0 } name ? name : (index + 1).ToString(CultureInfo.InvariantCulture);

    private static object? Member(ColumnVector vector, int row)
    {
        if (!vector.Children[0].IsValid(row)) return null;
        var tag = vector.Children[0].Values<byte>()[row];
        return new UnionValue(vector.Type.Children[tag].Name, Read(vector.Children[tag + 1], row));
    }
}
