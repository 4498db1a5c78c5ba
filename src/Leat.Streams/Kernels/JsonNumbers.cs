using System.Globalization;
using System.Runtime.CompilerServices;

namespace Leat.Streams.Kernels;

/// <summary>Numbers from text: whole, decimal (exact) and floating.</summary>
internal static unsafe class JsonNumbers
{
    private const int MaxFastDigits = 18;
    private const ulong Zeros = 0x3030303030303030;

    private static ReadOnlySpan<int> Powers => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>A whole number; 8 to 16 digits, as times have, are read eight at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryInt64(byte* p, int length, out long value)
    {
        if (length is < 8 or > 16) return TryInt64ByDigit(p, length, out value);
        // The last eight digits overlap the first eight: what both have is cleared in the last.
        var first = Unsafe.ReadUnaligned<ulong>(p) ^ Zeros;
        var last = Unsafe.ReadUnaligned<ulong>(p + length - 8) ^ Zeros;
        if (!AreDigits(first) || !AreDigits(last)) return TryInt64ByDigit(p, length, out value);
        var rest = length - 8;
        value = (OfDigits(first) * Powers[rest]) + OfDigits(rest == 0 ? 0 : last >> (64 - (8 * rest)) << (64 - (8 * rest)));
        return true;
    }

    private static bool TryInt64ByDigit(byte* p, int length, out long value)
    {
        value = 0;
        var negative = length > 0 && *p == '-';
        var i = negative ? 1 : 0;
        if (length - i is < 1 or > MaxFastDigits) return TryLongInt64(p, length, out value);
        long sum = 0;
        for (; i < length; i++)
        {
            var digit = (uint)(p[i] - '0');
            if (digit > 9) return false;
            sum = (sum * 10) + digit;
        }

        value = negative ? -sum : sum;
        return true;
    }

    /// <summary>Exact: digits that a decimal cannot hold are refused, not rounded.</summary>
    public static bool TryDecimal(byte* p, int length, out decimal value)
    {
        value = 0;
        var negative = length > 0 && *p == '-';
        var i = negative ? 1 : 0;
        if (length - i is < 1 or > MaxFastDigits + 1) return TryLongDecimal(p, length, out value);
        long digits = 0;
        byte scale = 0;
        var point = false;
        var any = false;
        for (; i < length; i++)
        {
            if (p[i] == '.' && !point)
            {
                point = true;
                continue;
            }

            var digit = (uint)(p[i] - '0');
            if (digit > 9) return TryLongDecimal(p, length, out value);
            digits = (digits * 10) + digit;
            any = true;
            if (point) scale++;
        }

        if (!any || digits < 0) return TryLongDecimal(p, length, out value);
        value = new decimal((int)digits, (int)(digits >> 32), 0, negative, scale);
        return true;
    }

    public static bool TryDouble(byte* p, int length, out double value) =>
        double.TryParse(new ReadOnlySpan<byte>(p, length), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Whether each byte is 0 to 9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong digits) => (((digits + 0x7676767676767676) | digits) & 0x8080808080808080) == 0;

    /// <summary>The number of eight digits, the first in the lowest byte: pairs, then fours, then all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long OfDigits(ulong digits)
    {
        const ulong PairMask = 0x00FF00FF00FF00FF;
        const ulong FourMask = 0x0000FFFF0000FFFF;
        digits = ((digits & PairMask) * 10) + ((digits >> 8) & PairMask);
        digits = ((digits & FourMask) * 100) + ((digits >> 16) & FourMask);
        return (long)(((digits & 0xFFFFFFFF) * 10_000) + (digits >> 32));
    }

    private static bool TryLongInt64(byte* p, int length, out long value) =>
        long.TryParse(new ReadOnlySpan<byte>(p, length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryLongDecimal(byte* p, int length, out decimal value)
    {
        var text = new ReadOnlySpan<byte>(p, length);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && SignificantDigits(text) <= 28;
    }

    private static int SignificantDigits(ReadOnlySpan<byte> text)
    {
        var digits = 0;
        foreach (var letter in text)
        {
            if ((letter | 0x20) == 'e') break;
            if (letter is >= (byte)'0' and <= (byte)'9' && (digits > 0 || letter != '0')) digits++;
        }

        return digits;
    }
}
