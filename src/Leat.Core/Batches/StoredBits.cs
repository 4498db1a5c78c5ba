using System.Numerics;

namespace Leat.Core;

/// <summary>DuckDB's encodings of bit strings and arbitrary-precision integers.</summary>
internal static class StoredBits
{
    private const int HeaderBytes = 3;

    /// <summary>Bytes of a bit string: count of padding bits, then the bits, padding first and set.</summary>
    public static byte[] FromDigits(string digits)
    {
        var padding = (8 - (digits.Length & 7)) & 7;
        var bytes = new byte[1 + ((digits.Length + 7) / 8)];
        bytes[0] = (byte)padding;
        for (var i = 0; i < padding; i++) bytes[1] |= (byte)(0x80 >> i);
        for (var i = 0; i < digits.Length; i++)
        {
            var position = i + padding;
            if (digits[i] == '1') bytes[1 + (position / 8)] |= (byte)(0x80 >> (position & 7));
        }

        return bytes;
    }

    public static string ToDigits(ReadOnlySpan<byte> stored)
    {
        if (stored.IsEmpty) return "";
        var digits = new char[((stored.Length - 1) * 8) - stored[0]];
        for (var i = 0; i < digits.Length; i++)
        {
            var position = i + stored[0];
            digits[i] = (stored[1 + (position / 8)] & (0x80 >> (position & 7))) != 0 ? '1' : '0';
        }

        return new string(digits);
    }

    /// <summary>Three bytes of length with the sign on top, then the magnitude big-endian; all inverted when negative.</summary>
    public static byte[] FromInteger(BigInteger value)
    {
        var magnitude = BigInteger.Abs(value).ToByteArray(isUnsigned: true, isBigEndian: true);
        var bytes = new byte[HeaderBytes + magnitude.Length];
        bytes[0] = (byte)(0x80 | (magnitude.Length >> 16));
        bytes[1] = (byte)(magnitude.Length >> 8);
        bytes[2] = (byte)magnitude.Length;
        magnitude.CopyTo(bytes, HeaderBytes);
        if (value.Sign < 0)
            for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)~bytes[i];
        return bytes;
    }

    public static BigInteger ToInteger(ReadOnlySpan<byte> stored)
    {
        var negative = (stored[0] & 0x80) == 0;
        var magnitude = stored[HeaderBytes..].ToArray();
        if (negative)
            for (var i = 0; i < magnitude.Length; i++) magnitude[i] = (byte)~magnitude[i];
        var value = new BigInteger(magnitude, isUnsigned: true, isBigEndian: true);
        return negative ? -value : value;
    }
}
