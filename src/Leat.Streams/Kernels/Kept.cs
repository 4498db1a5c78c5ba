using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Streams.Kernels;

/// <summary>
/// A value that outlives its chunk. The bytes of a text lie in an arena, in a place that the holder's next text uses again:
/// however often the value changes, its places take at most four times the longest text. Copying the struct moves the place: one copy alone may be set.
/// </summary>
internal unsafe struct Kept<TValue>
{
    private byte* _place;
    private int _room;

    public TValue Value { get; private set; }

    public void Set(TValue value, TextArena arena)
    {
        if (typeof(TValue) == typeof(Text)) Unsafe.As<TValue, Text>(ref value) = Store(Unsafe.As<TValue, Text>(ref value), arena);
        else if (typeof(TValue) == typeof(Text?) && Unsafe.As<TValue, Text?>(ref value) is { } text) Unsafe.As<TValue, Text?>(ref value) = Store(text, arena);
        Value = value;
    }

    /// <summary>Keeps the place.</summary>
    public void Forget() => Value = default!;

    private Text Store(Text text, TextArena arena)
    {
        if (text.Length <= Text.InlineLength) return text;
        if (text.Length > _room)
        {
            _room = Math.Max(text.Length, 2 * _room);
            _place = arena.Take(_room);
        }

        text.Bytes.CopyTo(new Span<byte>(_place, _room));
        return new Text(_place, text.Length);
    }
}
