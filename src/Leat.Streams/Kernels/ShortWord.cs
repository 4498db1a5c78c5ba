using System.Numerics;
using System.Runtime.CompilerServices;

namespace Leat.Streams.Kernels;

/// <summary>A text of at most 16 bytes, held in two registers: its first and its last eight bytes, which may overlap. Longer texts give a word that says nothing of them.</summary>
internal readonly unsafe struct ShortWord(ulong first, ulong last, int length)
{
    public const int MostBytes = 16;
    private readonly ulong _first = first;
    private readonly ulong _last = last;

    public readonly int Length = length;

    /// <summary>Not stored anywhere; the low bits are as good as the high ones.</summary>
    public int Hash => (int)((_first ^ BitOperations.RotateLeft(_last, 23) ^ (ulong)Length) * 0x9E3779B97F4A7C15UL >> 48);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShortWord Of(byte* text, int length)
    {
        if (length >= 8) return new ShortWord(Unsafe.ReadUnaligned<ulong>(text), Unsafe.ReadUnaligned<ulong>(text + length - 8), length);
        if (length >= 4) return new ShortWord(Unsafe.ReadUnaligned<uint>(text), Unsafe.ReadUnaligned<uint>(text + length - 4), length);
        return length <= 0 ? default : new ShortWord(text[0] | ((ulong)text[length >> 1] << 8), text[length - 1], length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSame(ShortWord other) => ((_first ^ other._first) | (_last ^ other._last) | (uint)(Length ^ other.Length)) == 0;
}
