using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Leat.Streams.Kernels;

/// <summary>Walks one JSON object and notes where the wanted members' values are. Learns the order in which members come, so that a key costs one comparison. One thread.</summary>
internal sealed unsafe class JsonScanner : IDisposable
{
    private const int MaxLayout = 64;
    private const int MaxDepth = 64;
    private readonly ImmutableArray<byte[]> _names;
    private readonly RawValue* _slots;
    private readonly List<nint> _layoutMemory = [];
    private readonly LayoutEntry[] _layout = new LayoutEntry[MaxLayout];
    private int _layoutCount;
    private byte* _end;

    /// <param name="members">JSON names of the wanted members; slot i holds the value of member i.</param>
    public JsonScanner(ImmutableArray<string> members)
    {
        _names = [.. members.Select(Encoding.UTF8.GetBytes)];
        _slots = (RawValue*)NativeMemory.AllocZeroed((nuint)(Math.Max(1, members.Length) * sizeof(RawValue)));
    }

    ~JsonScanner() => Free();

    public RawValue* Slots => _slots;

    public int Count => _names.Length;

    /// <summary>What was wrong when <see cref="Scan"/> returned false.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>Byte of the record at which it was noticed.</summary>
    public long FaultAt { get; private set; }

    /// <summary>Fills the slots from one object that spans all of the bytes.</summary>
    public bool Scan(byte* start, int length)
    {
        for (var i = 0; i < _names.Length; i++) _slots[i].Kind = JsonKind.Missing;
        _end = start + length;
        var p = SkipSpace(start);
        if (p == _end || *p != '{') return Fail(start, p, "a JSON object must start with '{'");
        p = SkipSpace(p + 1);
        if (p < _end && *p == '}') return AtEnd(start, p + 1);
        for (var position = 0; ; position++)
        {
            var slot = ReadName(ref p, position);
            if (slot == NoName) return Fail(start, p, "a member name in quotes was expected");
            p = SkipSpace(p);
            if (p == _end || *p != ':') return Fail(start, p, "':' was expected");
            p = SkipSpace(p + 1);
            RawValue value;
            if (!ReadValue(ref p, &value)) return Fail(start, p, "no valid value");
            if (slot >= 0) _slots[slot] = value;
            p = SkipSpace(p);
            if (p == _end) return Fail(start, p, "the object is cut off");
            if (*p == '}') return AtEnd(start, p + 1);
            if (*p != ',') return Fail(start, p, "',' or '}' was expected");
            p = SkipSpace(p + 1);
        }
    }

    private const int NoName = -2;

    private bool AtEnd(byte* start, byte* p)
    {
        p = SkipSpace(p);
        return p == _end || Fail(start, p, "something follows the object");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Fail(byte* start, byte* p, string fault)
    {
        Fault = fault;
        FaultAt = p - start;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* SkipSpace(byte* p)
    {
        while (p < _end && *p <= ' ' && *p is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') p++;
        return p;
    }

    /// <summary>Slot of the member named at <paramref name="p"/>, -1 when it is not wanted, or <see cref="NoName"/>; moves behind the name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadName(ref byte* p, int position)
    {
        if (position < _layoutCount)
        {
            ref var guess = ref _layout[position];
            if (_end - p >= guess.Length && new ReadOnlySpan<byte>(p, guess.Length).SequenceEqual(new ReadOnlySpan<byte>(guess.Quoted, guess.Length)))
            {
                p += guess.Length;
                return guess.Slot;
            }
        }

        return ReadUnknownName(ref p, position);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReadUnknownName(ref byte* p, int position)
    {
        if (p == _end || *p != '"') return NoName;
        var close = JsonText.End(p + 1, _end, out var escaped);
        if (close is null) return NoName;
        var name = new ReadOnlySpan<byte>(p + 1, (int)(close - p - 1));
        var slot = escaped ? FindEscaped(name) : Find(name);
        if (!escaped && position == _layoutCount && _layoutCount < MaxLayout) Learn(new ReadOnlySpan<byte>(p, (int)(close - p + 1)), slot);
        p = close + 1;
        return slot;
    }

    private void Learn(ReadOnlySpan<byte> quoted, int slot)
    {
        var kept = (byte*)NativeMemory.Alloc((nuint)quoted.Length);
        quoted.CopyTo(new Span<byte>(kept, quoted.Length));
        _layoutMemory.Add((nint)kept);
        _layout[_layoutCount++] = new LayoutEntry { Quoted = kept, Length = quoted.Length, Slot = slot };
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
            if (name.SequenceEqual(_names[i])) return i;
        return -1;
    }

    private int FindEscaped(ReadOnlySpan<byte> name)
    {
        var plain = new byte[name.Length];
        fixed (byte* target = plain)
        {
            var length = JsonText.Unescape(name, target);
            return length < 0 ? NoName : Find(plain.AsSpan(0, length));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadValue(ref byte* p, RawValue* value)
    {
        if (p < _end && *p == '"')
        {
            var start = p + 1;
            var close = JsonText.End(start, _end, out var escaped);
            if (close is null) return false;
            value->Start = start;
            value->Length = (int)(close - start);
            value->Kind = escaped ? JsonKind.EscapedText : JsonKind.Text;
            p = close + 1;
            return true;
        }

        return ReadOther(ref p, value);
    }

    private bool ReadOther(ref byte* p, RawValue* value)
    {
        if (p == _end) return false;
        var start = p;
        value->Start = start;
        switch (*p)
        {
            case (byte)'t': value->Kind = JsonKind.True; p = Literal(p, "true"u8); break;
            case (byte)'f': value->Kind = JsonKind.False; p = Literal(p, "false"u8); break;
            case (byte)'n': value->Kind = JsonKind.Null; p = Literal(p, "null"u8); break;
            case (byte)'{' or (byte)'[': value->Kind = JsonKind.Nested; p = Nested(p); break;
            default: value->Kind = JsonKind.Number; p = Number(p); break;
        }

        value->Length = (int)(p - start);
        return p != start;
    }

    private byte* Literal(byte* p, ReadOnlySpan<byte> word) =>
        _end - p >= word.Length && new ReadOnlySpan<byte>(p, word.Length).SequenceEqual(word) ? p + word.Length : p;

    /// <summary>Behind the number, or where it started when it is none.</summary>
    private byte* Number(byte* start)
    {
        var p = start;
        if (*p == '-') p++;
        var digits = Digits(p);
        if (digits == p || (*p == '0' && digits - p > 1)) return start;
        p = digits;
        if (p < _end && *p == '.')
        {
            digits = Digits(p + 1);
            if (digits == p + 1) return start;
            p = digits;
        }

        if (p == _end || (*p | 0x20) != 'e') return p;
        p++;
        if (p < _end && *p is (byte)'+' or (byte)'-') p++;
        digits = Digits(p);
        return digits == p ? start : digits;
    }

    private byte* Digits(byte* p)
    {
        while (p < _end && (uint)(*p - '0') <= 9) p++;
        return p;
    }

    /// <summary>Behind an object or array, or where it started. Brackets are matched, members are not looked at.</summary>
    private byte* Nested(byte* start)
    {
        ulong objects = 0;
        var depth = 0;
        for (var p = start; p < _end; p++)
        {
            switch (*p)
            {
                case (byte)'{' or (byte)'[':
                    if (++depth > MaxDepth) return start;
                    objects = (objects << 1) | (*p == '{' ? 1UL : 0UL);
                    break;
                case (byte)'}' or (byte)']':
                    if ((objects & 1) != (*p == '}' ? 1UL : 0UL)) return start;
                    objects >>= 1;
                    if (--depth == 0) return p + 1;
                    break;
                case (byte)'"':
                    p = JsonText.End(p + 1, _end, out _);
                    if (p is null) return start;
                    break;
            }
        }

        return start;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_slots);
        foreach (var memory in _layoutMemory) NativeMemory.Free((void*)memory);
        _layoutMemory.Clear();
        _layoutCount = 0;
    }

    private struct LayoutEntry
    {
        public byte* Quoted;
        public int Length;
        public int Slot;
    }
}
