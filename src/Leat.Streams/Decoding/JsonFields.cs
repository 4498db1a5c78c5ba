using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Leat.Core;
using Leat.Streams.Kernels;

namespace Leat.Streams.Decoding;

/// <summary>The values of one scanned record, read by slot and type. The first failure is kept and told by <see cref="TakeFault"/>; a failed read gives the default. Called by generated and compiled code. One thread.</summary>
public sealed unsafe class JsonFields : IDisposable
{
    private const int MaxQuoted = 80;
    private readonly ImmutableArray<string> _names;
    private readonly JsonScanner _scanner;
    private readonly TextArena _arena = new();
    private readonly RawValue* _slots;
    private string? _code;
    private int _slot;
    private string _expected = "";

    /// <param name="names">JSON names of the wanted members; slot i is the member with name i.</param>
    public JsonFields(ImmutableArray<string> names)
    {
        _names = names;
        _scanner = new JsonScanner(names);
        _slots = _scanner.Slots;
    }

    /// <summary>The record scanned last is no valid row.</summary>
    public bool HasFault => _code is not null;

    /// <summary>Texts of the batch before are no longer needed.</summary>
    public void NextBatch() => _arena.Reset();

    /// <summary>Finds the members in a record; false, and a fault, when it is no JSON object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryScan(ref readonly RecordSlice record) => _scanner.Scan((byte*)record.Value, record.ValueLength) || Malformed();

    /// <summary>Tells the fault and forgets it.</summary>
    /// <param name="index">Index of the record in its batch.</param>
    public DecodeFault TakeFault(int index)
    {
        var code = _code ?? throw new InvalidOperationException("there is no fault");
        _code = null;
        var reason = code switch
        {
            "LEAT2110" => $"{_scanner.Fault} (byte {_scanner.FaultAt})",
            "LEAT2111" => $"'{_names[_slot]}' is missing or null",
            _ => $"'{_names[_slot]}' is {Quoted(_slots[_slot])}, expected {_expected}",
        };
        return new DecodeFault(index, code, reason);
    }

    public bool IsNull(int slot) => _slots[slot].Kind is JsonKind.Missing or JsonKind.Null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Text GetText(int slot)
    {
        ref var value = ref _slots[slot];
        return value.Kind == JsonKind.Text && _scanner.IsAscii ? new Text(value.Start, value.Length) : AnyText(slot);
    }

    private Text AnyText(int slot)
    {
        ref var value = ref _slots[slot];
        if (value.Kind == JsonKind.EscapedText) return Unescape(slot);
        if (value.Kind is not (JsonKind.Text or JsonKind.Number or JsonKind.True or JsonKind.False)) return Wrong<Text>(slot, "a string");
        return Utf8.IsValid(value.Bytes) ? new Text(value.Start, value.Length) : Wrong<Text>(slot, "valid UTF-8");
    }

    public string GetString(int slot) => GetText(slot).ToString();

    public bool GetBoolean(int slot)
    {
        ref var value = ref _slots[slot];
        return value.Kind switch
        {
            JsonKind.True => true,
            JsonKind.False => false,
            JsonKind.Text when Is(value, "true"u8) || Is(value, "1"u8) => true,
            JsonKind.Text when Is(value, "false"u8) || Is(value, "0"u8) => false,
            _ => Wrong<bool>(slot, "true or false"),
        };
    }

    public long GetInt64(int slot)
    {
        ref var value = ref _slots[slot];
        if (value.Kind is JsonKind.Text or JsonKind.Number && JsonNumbers.TryInt64(value.Start, value.Length, out var number)) return number;
        return Wrong<long>(slot, "a whole number");
    }

    public int GetInt32(int slot) => (int)InRange(slot, int.MinValue, int.MaxValue);

    public short GetInt16(int slot) => (short)InRange(slot, short.MinValue, short.MaxValue);

    public sbyte GetSByte(int slot) => (sbyte)InRange(slot, sbyte.MinValue, sbyte.MaxValue);

    public byte GetByte(int slot) => (byte)InRange(slot, byte.MinValue, byte.MaxValue);

    public ushort GetUInt16(int slot) => (ushort)InRange(slot, ushort.MinValue, ushort.MaxValue);

    public uint GetUInt32(int slot) => (uint)InRange(slot, uint.MinValue, uint.MaxValue);

    public ulong GetUInt64(int slot)
    {
        ref var value = ref _slots[slot];
        if (value.Kind is JsonKind.Text or JsonKind.Number && ulong.TryParse(value.Bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        return Wrong<ulong>(slot, "a whole number of at least 0");
    }

    public double GetDouble(int slot)
    {
        ref var value = ref _slots[slot];
        if (value.Kind is JsonKind.Text or JsonKind.Number && JsonNumbers.TryDouble(value.Start, value.Length, out var number)) return number;
        return Wrong<double>(slot, "a number");
    }

    public float GetSingle(int slot) => (float)GetDouble(slot);

    public decimal GetDecimal(int slot)
    {
        ref var value = ref _slots[slot];
        if (value.Kind is JsonKind.Text or JsonKind.Number && JsonNumbers.TryDecimal(value.Start, value.Length, out var number)) return number;
        return Wrong<decimal>(slot, "a decimal number of at most 28 digits");
    }

    public DateTime GetDateTime(int slot)
    {
        ref var value = ref _slots[slot];
        if (value.Kind == JsonKind.Text && JsonTimes.TryTimestamp(value.Start, value.Length, out var time)) return time;
        return Wrong<DateTime>(slot, "a time such as 2026-01-31T12:00:00Z");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DateTime GetEpochMilliseconds(int slot)
    {
        const long Last = 253_402_300_799_999;
        ref var value = ref _slots[slot];
        if (value.Kind is JsonKind.Text or JsonKind.Number && JsonNumbers.TryInt64(value.Start, value.Length, out var ms) && ms is >= -62_135_596_800_000 and <= Last)
            return new DateTime(DateTime.UnixEpoch.Ticks + (ms * TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        return Wrong<DateTime>(slot, "milliseconds since 1970-01-01");
    }

    public DateOnly GetDateOnly(int slot)
    {
        ref var value = ref _slots[slot];
        if (value.Kind == JsonKind.Text && JsonTimes.TryDate(value.Start, value.Length, out var date)) return date;
        return Wrong<DateOnly>(slot, "a date such as 2026-01-31");
    }

    public Guid GetGuid(int slot)
    {
        ref var value = ref _slots[slot];
        if (value.Kind == JsonKind.Text && Guid.TryParse(value.Bytes, CultureInfo.InvariantCulture, out var guid)) return guid;
        return Wrong<Guid>(slot, "a UUID");
    }

    /// <summary>An enum by name or number.</summary>
    /// <param name="slot">Slot of the member.</param>
    /// <param name="names">Names seen so far, of this decoder alone.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TEnum GetEnum<TEnum>(int slot, EnumNames<TEnum> names)
        where TEnum : struct, Enum
    {
        ref var value = ref _slots[slot];
        return value.Kind == JsonKind.Text && names.TryFind(value.Start, value.Length, out var known) ? known : AnyEnum<TEnum>(slot);
    }

    public void Dispose()
    {
        _scanner.Dispose();
        _arena.Dispose();
    }

    private TEnum AnyEnum<TEnum>(int slot)
        where TEnum : struct, Enum
    {
        ref var value = ref _slots[slot];
        if (value.Kind == JsonKind.Number && JsonNumbers.TryInt64(value.Start, value.Length, out var number))
        {
            var known = EnumNames<TEnum>.FromNumber(number);
            if (Enum.IsDefined(known)) return known;
        }

        Wrong<TEnum>(slot, $"one of {string.Join(", ", Enum.GetNames<TEnum>().Take(20))}");
        if (_code == "LEAT2112") _code = "LEAT2113";
        return default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Malformed()
    {
        _code = "LEAT2110";
        return false;
    }

    private long InRange(int slot, long least, long most)
    {
        var number = GetInt64(slot);
        return number >= least && number <= most ? number : Wrong<long>(slot, $"a whole number from {least} to {most}");
    }

    private Text Unescape(int slot)
    {
        ref var value = ref _slots[slot];
        var target = _arena.Take(value.Length);
        var length = JsonText.Unescape(value.Bytes, target);
        if (length < 0 || !Utf8.IsValid(new ReadOnlySpan<byte>(target, length))) return Wrong<Text>(slot, "a string with valid escapes");
        return new Text(target, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T? Wrong<T>(int slot, string expected)
    {
        if (_code is not null) return default;
        _code = IsNull(slot) ? "LEAT2111" : "LEAT2112";
        _slot = slot;
        _expected = expected;
        return default;
    }

    private static bool Is(in RawValue value, ReadOnlySpan<byte> word) => value.Bytes.SequenceEqual(word);

    private static string Quoted(in RawValue value)
    {
        var text = Encoding.UTF8.GetString(value.Bytes[..Math.Min(value.Length, MaxQuoted)]);
        if (value.Length > MaxQuoted) text += "...";
        return value.Kind is JsonKind.Text or JsonKind.EscapedText ? $"\"{text}\"" : text;
    }
}
