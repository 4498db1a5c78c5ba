using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.Streams.Kernels;

/// <summary>Hash of a key, never stored. Texts by their first, middle and last bytes and length: UUIDs and names spread well, and a long text costs no more than a short one.</summary>
internal static class KeyHash
{
    private const ulong Mix = 0x9E3779B97F4A7C15UL;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of<TKey>(TKey key)
    {
        if (typeof(TKey) == typeof(Text)) return Of(Unsafe.As<TKey, Text>(ref key));
        if (typeof(TKey) == typeof(long)) return OfNumber((ulong)Unsafe.As<TKey, long>(ref key));
        if (typeof(TKey) == typeof(int)) return OfNumber((uint)Unsafe.As<TKey, int>(ref key));
        return OfNumber((uint)EqualityComparer<TKey>.Default.GetHashCode(key!));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Of(Text text)
    {
        var bytes = text.Bytes;
        var length = bytes.Length;
        if (length < 8) return Fold(((Short(bytes) ^ (ulong)length) + 1) * Mix);
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var first = Unsafe.ReadUnaligned<ulong>(ref start);
        var middle = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, (length - 8) / 2));
        var last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8));
        var hash = (first ^ (ulong)length) * Mix;
        hash = (hash ^ (hash >> 29) ^ middle) * Mix;
        return Fold((hash ^ (hash >> 32) ^ last) * Mix);
    }

    private static ulong Short(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (var b in bytes) value = (value << 8) | b;
        return value;
    }

    /// <summary>Numbers that count up must spread over the low bits too, so they are multiplied twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int OfNumber(ulong number)
    {
        var hash = number * Mix;
        return Fold((hash ^ (hash >> 32)) * Mix);
    }

    private static int Fold(ulong hash) => (int)(hash >> 32);
}
