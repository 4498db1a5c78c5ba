using System.Runtime.CompilerServices;

namespace Leat.Streams.Kernels;

/// <summary>The layouts that records of a topic came in lately, the one of the last record first. One thread.</summary>
internal sealed unsafe class JsonLayouts(int slots) : IDisposable
{
    private const int MostLayouts = 4;
    private const int MissesToLearn = 64;
    private readonly JsonLayout?[] _layouts = new JsonLayout?[MostLayouts];
    private readonly QuoteMap _map = new();
    private JsonLayout? _last;
    private bool _isMapped;
    private int _next;
    private int _misses;

    /// <summary>All bytes of the record last read are ASCII. False says nothing.</summary>
    public bool IsAscii { get; private set; }

    /// <summary>Fills the slots when the record fits a layout.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(byte* start, byte* end, RawValue* values)
    {
        IsAscii = false;
        _isMapped = _map.TryRead(start, (int)(end - start));
        if (!_isMapped || _last is null) return false;
        IsAscii = _map.IsAscii;
        return _last.TryRead(start, end, _map, values) || TryOthers(start, end, values);
    }

    /// <summary>Takes in a valid record that fitted none.</summary>
    /// <param name="record">What <see cref="TryRead"/> was given last.</param>
    /// <param name="members">Its members in order.</param>
    public void Learn(ReadOnlySpan<byte> record, ReadOnlySpan<JsonMember> members)
    {
        if (!_isMapped) return;
        foreach (ref readonly var member in members)
            if (member.Value.Kind is JsonKind.EscapedText or JsonKind.Nested) return;
        ref var place = ref _layouts[_next];
        if (place is not null && ++_misses < MissesToLearn) return;
        place?.Dispose();
        place = _last = new JsonLayout(record, members, _map.Count, slots);
        _next = (_next + 1) % MostLayouts;
        _misses = 0;
    }

    public void Dispose()
    {
        foreach (var layout in _layouts) layout?.Dispose();
        _map.Dispose();
    }

    private bool TryOthers(byte* start, byte* end, RawValue* values)
    {
        foreach (var layout in _layouts)
        {
            if (layout is null || layout == _last || !layout.TryRead(start, end, _map, values)) continue;
            _last = layout;
            return true;
        }

        return false;
    }
}
