using System.Runtime.CompilerServices;

namespace Leat.Streams.Kernels;

/// <summary>JSON values that are no strings: literals, numbers, objects and arrays.</summary>
internal static unsafe class JsonToken
{
    private const int MaxDepth = 64;

    /// <summary>Behind the value that starts at <paramref name="p"/>, or <paramref name="p"/> itself when there is none.</summary>
    public static byte* End(byte* p, byte* end, out JsonKind kind)
    {
        kind = JsonKind.Missing;
        if (p >= end) return p;
        switch (*p)
        {
            case (byte)'t': kind = JsonKind.True; return Literal(p, end, "true"u8);
            case (byte)'f': kind = JsonKind.False; return Literal(p, end, "false"u8);
            case (byte)'n': kind = JsonKind.Null; return Literal(p, end, "null"u8);
            case (byte)'{' or (byte)'[': kind = JsonKind.Nested; return Nested(p, end);
            default: kind = JsonKind.Number; return Number(p, end);
        }
    }

    private static byte* Literal(byte* p, byte* end, ReadOnlySpan<byte> word) =>
        end - p >= word.Length && new ReadOnlySpan<byte>(p, word.Length).SequenceEqual(word) ? p + word.Length : p;

    private static byte* Number(byte* start, byte* end)
    {
        var p = start;
        if (*p == '-') p++;
        var digits = Digits(p, end);
        if (digits == p || (*p == '0' && digits - p > 1)) return start;
        p = digits;
        if (p < end && *p == '.')
        {
            digits = Digits(p + 1, end);
            if (digits == p + 1) return start;
            p = digits;
        }

        if (p == end || (*p | 0x20) != 'e') return p;
        p++;
        if (p < end && *p is (byte)'+' or (byte)'-') p++;
        digits = Digits(p, end);
        return digits == p ? start : digits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Digits(byte* p, byte* end)
    {
        while (p < end && (uint)(*p - '0') <= 9) p++;
        return p;
    }

    /// <summary>Brackets are matched, members are not looked at.</summary>
    private static byte* Nested(byte* start, byte* end)
    {
        ulong objects = 0;
        var depth = 0;
        for (var p = start; p < end; p++)
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
                    p = JsonText.End(p + 1, end, out _);
                    if (p is null) return start;
                    break;
            }
        }

        return start;
    }
}
