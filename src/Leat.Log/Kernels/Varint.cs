using System.Numerics;
using System.Runtime.CompilerServices;

namespace Leat.Log;

/// <summary>Zigzag variable-length integers of Kafka's record format.</summary>
internal static unsafe class Varint
{
    /// <summary>Most bytes a value takes.</summary>
    public const int MaxBytes = 10;

    /// <summary>Bytes that <paramref name="value"/> takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf(long value) => (BitOperations.Log2(Zigzag(value) | 1) / 7) + 1;

    /// <summary>Writes the value; returns where the next byte goes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Write(byte* at, long value)
    {
        var rest = Zigzag(value);
        while (rest >= 0x80)
        {
            *at++ = (byte)(rest | 0x80);
            rest >>= 7;
        }
        *at++ = (byte)rest;
        return at;
    }

    /// <summary>Reads a value; false when it would pass <paramref name="end"/> or is longer than 10 bytes.</summary>
    /// <remarks>One and two bytes, which nearly all values of a record take, are read without a call and leave the caller's place in a register.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte* at, byte* end, out long value)
    {
        var p = at;
        if (p < end && *p < 0x80)
        {
            uint single = *p;
            at = p + 1;
            value = (int)(single >> 1) ^ -(int)(single & 1);
            return true;
        }
        if (end - p > 1 && p[1] < 0x80)
        {
            var pair = (*p & 0x7Fu) | ((uint)p[1] << 7);
            at = p + 2;
            value = (int)(pair >> 1) ^ -(int)(pair & 1);
            return true;
        }
        var next = ReadLong(p, end, out var rest);
        value = rest;
        if (next is null) return false;
        at = next;
        return true;
    }

    /// <summary>Behind the value, or null.</summary>
    private static byte* ReadLong(byte* at, byte* end, out long value)
    {
        ulong rest = 0;
        for (var shift = 0; shift < 70 && at < end; shift += 7)
        {
            var next = *at++;
            rest |= (ulong)(next & 0x7F) << shift;
            if (next >= 0x80) continue;
            value = (long)(rest >> 1) ^ -(long)(rest & 1);
            return at;
        }
        value = 0;
        return null;
    }

    private static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
