using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>The 32-bit Murmur2 of Kafka's clients, seed 0x9747b28c.</summary>
internal static class Murmur2
{
    private const uint Multiplier = 0x5bd1e995;

    public static uint Of(ReadOnlySpan<byte> key)
    {
        var hash = 0x9747b28c ^ (uint)key.Length;
        var at = 0;
        for (; at + 4 <= key.Length; at += 4)
        {
            var part = Unsafe.ReadUnaligned<uint>(ref Unsafe.AsRef(in key[at])) * Multiplier;
            part = (part ^ (part >> 24)) * Multiplier;
            hash = (hash * Multiplier) ^ part;
        }
        if (at < key.Length)
        {
            for (var i = key.Length - 1; i >= at; i--) hash ^= (uint)key[i] << (8 * (i - at));
            hash *= Multiplier;
        }
        hash = (hash ^ (hash >> 13)) * Multiplier;
        return hash ^ (hash >> 15);
    }
}
