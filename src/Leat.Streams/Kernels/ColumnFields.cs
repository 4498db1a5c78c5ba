using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Leat.Core;
using Leat.Streams.Decoding;

namespace Leat.Streams.Kernels;

/// <summary>The values of one row of a table, read by slot and type straight from the column's memory; columns of text hold values as JSON strings do. The first failure is kept and told by <see cref="TakeFault"/>; a failed read gives the default. Called by compiled code. One thread.</summary>
internal sealed unsafe class ColumnFields(ImmutableArray<string> names)
{
    private const int MaxQuoted = 80;
    private const long LastMs = 253_402_300_799_999;
    private const long FirstMs = -62_135_596_800_000;
    private readonly ColumnVector?[] _slots = new ColumnVector?[names.Length];
    private string? _code;
    private int _slot;
    private string _expected = "";

    /// <summary>Row of the vectors that is read.</summary>
    public int Row { get; set; }

    public bool HasFault => _code is not null;

    /// <summary>The vector that a slot is read from; null = there is no such column.</summary>
    public void Bind(int slot, ColumnVector? vector) => _slots[slot] = vector;

    /// <summary>Tells the fault and forgets it.</summary>
    /// <param name="index">Index of the row in its chunk.</param>
    public DecodeFault TakeFault(int index)
    {
        var code = _code ?? throw new InvalidOperationException("there is no fault");
        _code = null;
        return new DecodeFault(index, code, code == "LEAT2111" ? $"'{names[_slot]}' is missing or null" : $"'{names[_slot]}' is {Quoted(_slot)}, expected {_expected}");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNull(int slot) => _slots[slot] is not { } vector || !vector.IsValid(Row);

    public Text GetText(int slot) => KindOf(slot) == TypeKind.Text ? At<Text>(slot) : Wrong<Text>(slot, "a string");

    public string GetString(int slot) => GetText(slot).ToString();

    public bool GetBoolean(int slot)
    {
        var kind = KindOf(slot);
        if (kind == TypeKind.Boolean) return At<byte>(slot) != 0;
        if (kind != TypeKind.Text) return Wrong<bool>(slot, "true or false");
        var text = _slots[slot]!.Values<Text>()[Row].Bytes;
        if (text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8)) return true;
        return (text.SequenceEqual("false"u8) || text.SequenceEqual("0"u8)) ? false : Wrong<bool>(slot, "true or false");
    }

    public long GetInt64(int slot) => TryWhole(slot, out var number) && number >= long.MinValue && number <= long.MaxValue ? (long)number : Wrong<long>(slot, "a whole number");

    public ulong GetUInt64(int slot) => TryWhole(slot, out var number) && number >= 0 && number <= ulong.MaxValue ? (ulong)number : Wrong<ulong>(slot, "a whole number of at least 0");

    public int GetInt32(int slot) => (int)InRange(slot, int.MinValue, int.MaxValue);

    public short GetInt16(int slot) => (short)InRange(slot, short.MinValue, short.MaxValue);

    public sbyte GetSByte(int slot) => (sbyte)InRange(slot, sbyte.MinValue, sbyte.MaxValue);

    public byte GetByte(int slot) => (byte)InRange(slot, byte.MinValue, byte.MaxValue);

    public ushort GetUInt16(int slot) => (ushort)InRange(slot, ushort.MinValue, ushort.MaxValue);

    public uint GetUInt32(int slot) => (uint)InRange(slot, uint.MinValue, uint.MaxValue);

    public double GetDouble(int slot)
    {
        switch (KindOf(slot))
        {
            case TypeKind.Float64: return At<double>(slot);
            case TypeKind.Float32: return At<float>(slot);
            case TypeKind.Decimal when _slots[slot]!.Type.Scale > 0: return TryDecimal(slot, out var exact) ? (double)exact : Wrong<double>(slot, "a number");
            case TypeKind.Text:
                fixed (byte* p = _slots[slot]!.Values<Text>()[Row].Bytes)
                    return JsonNumbers.TryDouble(p, LengthAt(slot), out var number) ? number : Wrong<double>(slot, "a number");
            default: return TryWhole(slot, out var whole) ? (double)whole : Wrong<double>(slot, "a number");
        }
    }

    public float GetSingle(int slot) => (float)GetDouble(slot);

    public decimal GetDecimal(int slot)
    {
        const string Expected = "a decimal number of at most 28 digits";
        switch (KindOf(slot))
        {
            case TypeKind.Decimal: return TryDecimal(slot, out var exact) ? exact : Wrong<decimal>(slot, Expected);
            case TypeKind.Float64 or TypeKind.Float32: return GetDouble(slot) is > -7.9e28 and < 7.9e28 and var near ? (decimal)near : Wrong<decimal>(slot, Expected);
            case TypeKind.Text:
                fixed (byte* p = _slots[slot]!.Values<Text>()[Row].Bytes)
                    return JsonNumbers.TryDecimal(p, LengthAt(slot), out var number) ? number : Wrong<decimal>(slot, Expected);
            default: return TryWhole(slot, out var whole) ? (decimal)whole : Wrong<decimal>(slot, Expected);
        }
    }

    public DateTime GetDateTime(int slot)
    {
        var kind = KindOf(slot);
        if (TryTicks(slot, kind, out var ticks)) return new DateTime(ticks, DateTimeKind.Utc);
        if (kind != TypeKind.Text) return Wrong<DateTime>(slot, "a time");
        fixed (byte* p = _slots[slot]!.Values<Text>()[Row].Bytes)
            return JsonTimes.TryTimestamp(p, LengthAt(slot), out var time) ? time : Wrong<DateTime>(slot, "a time such as 2026-01-31T12:00:00Z");
    }

    /// <summary>From a number of milliseconds, or from a time.</summary>
    public DateTime GetEpochMilliseconds(int slot)
    {
        if (TryTicks(slot, KindOf(slot), out var ticks)) return new DateTime(ticks, DateTimeKind.Utc);
        return TryWhole(slot, out var ms) && ms >= FirstMs && ms <= LastMs ? new DateTime(DateTime.UnixEpoch.Ticks + ((long)ms * TimeSpan.TicksPerMillisecond), DateTimeKind.Utc) : Wrong<DateTime>(slot, "milliseconds since 1970-01-01");
    }

    public DateOnly GetDateOnly(int slot)
    {
        var kind = KindOf(slot);
        if (kind == TypeKind.Date && TryTicks(slot, kind, out var ticks)) return DateOnly.FromDateTime(new DateTime(ticks));
        if (kind != TypeKind.Text) return Wrong<DateOnly>(slot, "a date");
        fixed (byte* p = _slots[slot]!.Values<Text>()[Row].Bytes)
            return JsonTimes.TryDate(p, LengthAt(slot), out var date) ? date : Wrong<DateOnly>(slot, "a date such as 2026-01-31");
    }

    public Guid GetGuid(int slot)
    {
        var kind = KindOf(slot);
        if (kind == TypeKind.Uuid)
        {
            var number = At<UInt128>(slot) ^ (UInt128.One << 127);
            return new Guid((uint)(number >> 96), (ushort)(number >> 80), (ushort)(number >> 64), (byte)(number >> 56), (byte)(number >> 48), (byte)(number >> 40), (byte)(number >> 32), (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number);
        }

        return kind == TypeKind.Text && Guid.TryParse(_slots[slot]!.Values<Text>()[Row].Bytes, CultureInfo.InvariantCulture, out var guid) ? guid : Wrong<Guid>(slot, "a UUID");
    }

    /// <summary>An enum by name or number.</summary>
    public TEnum GetEnum<TEnum>(int slot, EnumNames<TEnum> names)
        where TEnum : struct, Enum
    {
        if (KindOf(slot) == TypeKind.Text)
        {
            fixed (byte* p = _slots[slot]!.Values<Text>()[Row].Bytes)
                if (names.TryFind(p, LengthAt(slot), out var named)) return named;
        }

        if (TryWhole(slot, out var number) && number >= long.MinValue && number <= long.MaxValue && EnumNames<TEnum>.FromNumber((long)number) is var known && Enum.IsDefined(known)) return known;
        Wrong<TEnum>(slot, $"one of {string.Join(", ", Enum.GetNames<TEnum>().Take(20))}");
        if (_code == "LEAT2112") _code = "LEAT2113";
        return default;
    }

    private TypeKind KindOf(int slot) => _slots[slot] is { } vector && vector.IsValid(Row) ? vector.Type.Kind : TypeKind.Null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T At<T>(int slot)
        where T : unmanaged => _slots[slot]!.Values<T>()[Row];

    private int LengthAt(int slot) => _slots[slot]!.Values<Text>()[Row].Length;

    private long InRange(int slot, long least, long most) =>
        TryWhole(slot, out var number) && number >= least && number <= most ? (long)number : Wrong<long>(slot, $"a whole number from {least} to {most}");

    private bool TryWhole(int slot, out Int128 number)
    {
        number = 0;
        switch (KindOf(slot))
        {
            case TypeKind.Int64: number = At<long>(slot); return true;
            case TypeKind.Int32: number = At<int>(slot); return true;
            case TypeKind.Int16: number = At<short>(slot); return true;
            case TypeKind.Int8: number = At<sbyte>(slot); return true;
            case TypeKind.UInt8: number = At<byte>(slot); return true;
            case TypeKind.UInt16: number = At<ushort>(slot); return true;
            case TypeKind.UInt32: number = At<uint>(slot); return true;
            case TypeKind.UInt64: number = At<ulong>(slot); return true;
            case TypeKind.Decimal when _slots[slot]!.Type.Scale == 0: number = Unscaled(slot); return true;
            case TypeKind.Text:
                fixed (byte* p = _slots[slot]!.Values<Text>()[Row].Bytes)
                {
                    if (JsonNumbers.TryInt64(p, LengthAt(slot), out var small)) number = small;
                    else if (ulong.TryParse(new ReadOnlySpan<byte>(p, LengthAt(slot)), NumberStyles.None, CultureInfo.InvariantCulture, out var large)) number = large;
                    else return false;
                    return true;
                }

            default: return false;
        }
    }

    private Int128 Unscaled(int slot) => _slots[slot]!.Type.ValueSize switch
    {
        2 => At<short>(slot),
        4 => At<int>(slot),
        8 => At<long>(slot),
        _ => At<Int128>(slot),
    };

    private bool TryDecimal(int slot, out decimal value)
    {
        var (unscaled, scale) = (Unscaled(slot), _slots[slot]!.Type.Scale);
        var isNegative = unscaled < 0;
        var size = (UInt128)(isNegative ? -unscaled : unscaled);
        value = 0;
        for (; scale > 0 && (scale > 28 || size >> 96 != 0) && size % 10 == 0; scale--) size /= 10;
        if (size >> 96 != 0 || scale > 28) return false;
        value = new decimal((int)(uint)size, (int)(uint)(size >> 32), (int)(uint)(size >> 64), isNegative, (byte)scale);
        return true;
    }

    /// <summary>Ticks since year 1; false: no column of times, or outside of what .NET holds.</summary>
    private bool TryTicks(int slot, TypeKind kind, out long ticks)
    {
        ticks = 0;
        Int128 since;
        switch (kind)
        {
            case TypeKind.Timestamp or TypeKind.TimestampTz: since = (Int128)At<long>(slot) * TimeSpan.TicksPerMicrosecond; break;
            case TypeKind.TimestampMs: since = (Int128)At<long>(slot) * TimeSpan.TicksPerMillisecond; break;
            case TypeKind.TimestampS: since = (Int128)At<long>(slot) * TimeSpan.TicksPerSecond; break;
            case TypeKind.TimestampNs: since = (At<long>(slot) - (((At<long>(slot) % 100) + 100) % 100)) / 100; break;
            case TypeKind.Date: since = (Int128)At<int>(slot) * TimeSpan.TicksPerDay; break;
            default: return false;
        }

        since += DateTime.UnixEpoch.Ticks;
        if (since < 0 || since > DateTime.MaxValue.Ticks) return false;
        ticks = (long)since;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T? Wrong<T>(int slot, string expected)
    {
        if (_code is not null) return default;
        (_code, _slot, _expected) = (IsNull(slot) ? "LEAT2111" : "LEAT2112", slot, expected);
        return default;
    }

    private string Quoted(int slot)
    {
        if (KindOf(slot) != TypeKind.Text) return TryWhole(slot, out var number) ? number.ToString(CultureInfo.InvariantCulture) : $"a value of {_slots[slot]!.Type}";
        var text = At<Text>(slot).ToString();
        return text.Length > MaxQuoted ? $"\"{text[..MaxQuoted]}...\"" : $"\"{text}\"";
    }
}
