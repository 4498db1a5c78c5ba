using System.Collections.Immutable;
using System.Numerics;

namespace Leat.Core.Tests.Batches;

/// <summary>Random types and values of every kind, from a seed.</summary>
internal sealed class RandomBatches(int seed)
{
    private static readonly DataType[] Leaves =
    [
        DataType.Null, DataType.Boolean, DataType.Int8, DataType.Int16, DataType.Int32, DataType.Int64, DataType.UInt8, DataType.UInt16, DataType.UInt32, DataType.UInt64,
        DataType.Int128, DataType.UInt128, DataType.Float32, DataType.Float64, DataType.Text, DataType.Blob, DataType.Bit, DataType.Date, DataType.Time, DataType.TimeTz,
        DataType.TimeNs, DataType.Timestamp, DataType.TimestampS, DataType.TimestampMs, DataType.TimestampNs, DataType.TimestampTz, DataType.Interval, DataType.Uuid, DataType.BigNum,
    ];

    private readonly Random _random = new(seed);

    public Schema NextSchema() => new([.. Enumerable.Range(0, _random.Next(1, 7)).Select(i => new Field($"c{i}", NextType(0), _random.Next(2) == 0))]);

    public int NextRowCount() => _random.Next(4) switch { 0 => 0, 1 => _random.Next(10), 2 => _random.Next(3000), _ => 2048 };

    public object? NextValue(DataType type)
    {
        if (type.Kind == TypeKind.Null || _random.Next(5) == 0) return null;
        return type.Kind switch
        {
            TypeKind.List => Enumerable.Range(0, _random.Next(5)).Select(_ => NextValue(type.Children[0].Type)).ToList(),
            TypeKind.Array => Enumerable.Range(0, type.Length).Select(_ => NextValue(type.Children[0].Type)).ToList(),
            TypeKind.Map => Enumerable.Range(0, _random.Next(4)).Select(_ => KeyValuePair.Create(NextValue(type.Children[0].Type), NextValue(type.Children[1].Type))).ToList(),
            TypeKind.Struct => type.Children.ToDictionary(field => field.Name, field => NextValue(field.Type)),
            TypeKind.Union => type.Children[_random.Next(type.Children.Length)] is var member ? new UnionValue(member.Name, NextValue(member.Type)) : null,
            TypeKind.Decimal => DecimalScale.Box(Digits(type.Width), type.Scale),
            TypeKind.Enum => type.Labels[_random.Next(type.Labels.Length)],
            _ => NextLeaf(type.Kind),
        };
    }

    private DataType NextType(int depth) => _random.Next(depth < 3 ? 12 : 8) switch
    {
        0 => DataType.Decimal(_random.Next(1, 39) is var width ? width : 0, _random.Next(0, width + 1)),
        1 => DataType.Enum([.. Enumerable.Range(0, _random.Next(3) == 0 ? 300 : 3).Select(i => $"label {i}")]),
        8 => DataType.List(NextType(depth + 1)),
        9 => DataType.Array(NextType(depth + 1), _random.Next(1, 4)),
        10 => DataType.Map(NextType(depth + 1), NextType(depth + 1)),
        11 when _random.Next(2) == 0 => DataType.Union([.. Members(depth)]),
        11 => DataType.Struct([.. Members(depth)]),
        _ => Leaves[_random.Next(Leaves.Length)],
    };

    private ImmutableArray<Field> Members(int depth) => [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => new Field($"m{i}", NextType(depth + 1)))];

    private Int128 Digits(int width)
    {
        Int128 value = 0;
        for (var i = _random.Next(1, width + 1); i > 0; i--) value = (value * 10) + _random.Next(10);
        return _random.Next(2) == 0 ? value : -value;
    }

    private object NextLeaf(TypeKind kind) => kind switch
    {
        TypeKind.Boolean => _random.Next(2) == 0,
        TypeKind.Int8 => (sbyte)_random.Next(-128, 128),
        TypeKind.Int16 => (short)_random.Next(short.MinValue, short.MaxValue + 1),
        TypeKind.Int32 => _random.Next(int.MinValue, int.MaxValue),
        TypeKind.Int64 => _random.NextInt64(long.MinValue, long.MaxValue),
        TypeKind.UInt8 => (byte)_random.Next(256),
        TypeKind.UInt16 => (ushort)_random.Next(65536),
        TypeKind.UInt32 => (uint)_random.NextInt64(1L << 32),
        TypeKind.UInt64 => (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
        TypeKind.Int128 => new Int128((ulong)_random.NextInt64(long.MinValue, long.MaxValue), (ulong)_random.NextInt64()),
        TypeKind.UInt128 => new UInt128((ulong)_random.NextInt64(long.MinValue, long.MaxValue), (ulong)_random.NextInt64()),
        TypeKind.Float32 => _random.NextSingle() * 1e6f,
        TypeKind.Float64 => (_random.NextDouble() - 0.5) * 1e12,
        TypeKind.Text => string.Concat(Enumerable.Repeat("aé漢🙂 "[.._random.Next(2, 5)], _random.Next(6))).Replace("\ud83d", "", StringComparison.Ordinal),
        TypeKind.Blob => NextBytes(),
        TypeKind.Bit => string.Concat(Enumerable.Range(0, _random.Next(1, 40)).Select(_ => _random.Next(2))),
        TypeKind.BigNum => new BigInteger(NextBytes()) * (BigInteger)Digits(30),
        TypeKind.Uuid => new Guid(Enumerable.Range(0, 16).Select(_ => (byte)_random.Next(256)).ToArray()),
        TypeKind.Interval => new IntervalValue(_random.Next(-99, 99), _random.Next(-99, 99), _random.NextInt64(-9_000_000, 9_000_000)),
        _ => NextTime(kind),
    };

    private byte[] NextBytes()
    {
        var bytes = new byte[_random.Next(30)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private object NextTime(TypeKind kind)
    {
        var time = new DateTime(1700, 1, 1).AddSeconds(_random.Next(int.MaxValue)).AddSeconds(_random.Next(int.MaxValue));
        return kind switch
        {
            TypeKind.Date => DateOnly.FromDateTime(time),
            TypeKind.Time => TimeOnly.FromDateTime(time).Add(TimeSpan.FromMicroseconds(_random.Next(1000))),
            TypeKind.TimeNs => TimeOnly.FromDateTime(time).Add(TimeSpan.FromTicks(_random.Next(1000))),
            TypeKind.TimeTz => new TimeWithOffset(time.TimeOfDay, TimeSpan.FromSeconds(_random.Next(-57599, 57600))),
            TypeKind.TimestampS => time,
            TypeKind.TimestampMs => time.AddMilliseconds(_random.Next(1000)),
            TypeKind.TimestampNs => time.AddTicks(_random.Next(10_000_000)),
            TypeKind.Timestamp => time.AddMicroseconds(_random.Next(1_000_000)),
            TypeKind.TimestampTz => DateTime.SpecifyKind(time.AddMicroseconds(_random.Next(1_000_000)), DateTimeKind.Utc),
            _ => throw new NotSupportedException(kind.ToString()),
        };
    }
}
