using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Leat.Streams.Kernels;

/// <summary>Notes where the wanted members' values are in one JSON object: by a layout that earlier records had, else by a walk over all of its members. The walk learns the order in which members come, so that a key costs one comparison. One thread.</summary>
internal sealed unsafe class JsonScanner : IDisposable
{
    private const int NoName = -2;
    private const int MostOrdered = 64;
    private readonly ImmutableArray<byte[]> _names;
    private readonly RawValue* _slots;
    private readonly JsonLayouts? _layouts;
    private readonly JsonMember[] _members = new JsonMember[MostOrdered];
    private readonly List<nint> _orderMemory = [];
    private readonly OrderedName[] _order = new OrderedName[MostOrdered];
    private int _orderCount;
    private byte* _end;

    /// <param name="members">JSON names of the wanted members; slot i holds the value of member i.</param>
    /// <param name="learns">Whether it keeps layouts; without them every record is walked.</param>
    public JsonScanner(ImmutableArray<string> members, bool learns = true)
    {
        _names = [.. members.Select(Encoding.UTF8.GetBytes)];
        _layouts = learns ? new JsonLayouts(members.Length) : null;
        _slots = (RawValue*)NativeMemory.AllocZeroed((nuint)(Math.Max(1, members.Length) * sizeof(RawValue)));
    }

    ~JsonScanner() => Free();

    public RawValue* Slots => _slots;

    public int Count => _names.Length;

    /// <summary>What was wrong when <see cref="Scan"/> returned false.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>Byte of the record at which it was noticed.</summary>
    public long FaultAt { get; private set; }

    /// <summary>All bytes of the record are known to be ASCII.</summary>
    public bool IsAscii => _layouts is { IsAscii: true };

    /// <summary>Fills the slots from one object that spans all of the bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Scan(byte* start, int length)
    {
        var end = start + length;
        while (end > start && IsSpace(end[-1])) end--;
        return (_layouts is not null && _layouts.TryRead(start, end, _slots)) || Walk(start, end);
    }

    private bool Walk(byte* start, byte* end)
    {
        for (var i = 0; i < _names.Length; i++) _slots[i].Kind = JsonKind.Missing;
        _end = end;
        var p = SkipSpace(start);
        if (p == _end || *p != '{') return Fail(start, p, "a JSON object must start with '{'");
        p = SkipSpace(p + 1);
        if (p < _end && *p == '}') return AtEnd(start, p + 1, 0);
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
            if (position < MostOrdered) _members[position] = new JsonMember { Value = value, Slot = slot };
            p = SkipSpace(p);
            if (p == _end) return Fail(start, p, "the object is cut off");
            if (*p == '}') return AtEnd(start, p + 1, position + 1);
            if (*p != ',') return Fail(start, p, "',' or '}' was expected");
            p = SkipSpace(p + 1);
        }
    }

    private bool AtEnd(byte* start, byte* p, int members)
    {
        p = SkipSpace(p);
        if (p != _end) return Fail(start, p, "something follows the object");
        if (members <= MostOrdered) _layouts?.Learn(new ReadOnlySpan<byte>(start, (int)(_end - start)), _members.AsSpan(0, members));
        return true;
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
        while (p < _end && IsSpace(*p)) p++;
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSpace(byte b) => b <= ' ' && b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    /// <summary>Slot of the member named at <paramref name="p"/>, -1 when it is not wanted, or <see cref="NoName"/>; moves behind the name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadName(ref byte* p, int position)
    {
        if (position < _orderCount)
        {
            ref var guess = ref _order[position];
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
        if (!escaped && position == _orderCount && _orderCount < MostOrdered) Learn(new ReadOnlySpan<byte>(p, (int)(close - p + 1)), slot);
        p = close + 1;
        return slot;
    }

    private void Learn(ReadOnlySpan<byte> quoted, int slot)
    {
        var kept = (byte*)NativeMemory.Alloc((nuint)quoted.Length);
        quoted.CopyTo(new Span<byte>(kept, quoted.Length));
        _orderMemory.Add((nint)kept);
        _order[_orderCount++] = new OrderedName { Quoted = kept, Length = quoted.Length, Slot = slot };
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

        value->Start = p;
        p = JsonToken.End(p, _end, out value->Kind);
        value->Length = (int)(p - value->Start);
        return value->Length > 0;
    }

    public void Dispose()
    {
        _layouts?.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_slots);
        foreach (var memory in _orderMemory) NativeMemory.Free((void*)memory);
        _orderMemory.Clear();
        _orderCount = 0;
    }

    private struct OrderedName
    {
        public byte* Quoted;
        public int Length;
        public int Slot;
    }
}
