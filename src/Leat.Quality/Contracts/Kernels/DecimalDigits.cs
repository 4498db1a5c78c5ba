namespace Leat.Quality;

/// <summary>How many digits a written decimal really needs: 1.50 needs one before and one after the point, 1e3 needs four before.</summary>
/// <param name="Negative">Written with a minus.</param>
/// <param name="Before">Digits needed before the point.</param>
/// <param name="After">Digits needed after the point.</param>
/// <param name="Digits">All digits as one number, without sign and point; meaningless when <paramref name="IsPlain"/> is false.</param>
/// <param name="Fraction">Digits written after the point.</param>
/// <param name="IsPlain">At most 18 digits and no exponent.</param>
internal readonly record struct DecimalDigits(bool Negative, int Before, int After, long Digits, int Fraction, bool IsPlain)
{
    private const int LongestPlain = 18;
    private const int LargestExponent = 9_999;

    /// <summary>Reads sign, digits, point and exponent; false when the text is not such a number.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out DecimalDigits digits)
    {
        digits = default;
        var i = 0;
        var negative = false;
        if (i < text.Length && text[i] is (byte)'-' or (byte)'+') negative = text[i++] == '-';
        int first = -1, last = -1, point = -1, seen = 0;
        var number = 0L;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '.' && point < 0)
            {
                point = seen;
            }
            else if (char.IsAsciiDigit((char)c))
            {
                if (c != '0')
                {
                    if (first < 0) first = seen;
                    last = seen;
                }
                number = unchecked((number * 10) + (c - '0'));
                seen++;
            }
            else
            {
                break;
            }
        }
        if (seen == 0 || !TryReadExponent(text[i..], out var exponent)) return false;
        var isPlain = seen <= LongestPlain && i == text.Length;
        var fraction = point < 0 ? 0 : seen - point;
        var beforePoint = seen - fraction + exponent;
        digits = first < 0
            ? new DecimalDigits(negative, 0, 0, 0, 0, isPlain)
            : new DecimalDigits(negative, Math.Max(0, beforePoint - first), Math.Max(0, last + 1 - beforePoint), number, fraction, isPlain);
        return true;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty) return true;
        if (text[0] is not ((byte)'e' or (byte)'E')) return false;
        var i = 1;
        var negative = false;
        if (i < text.Length && text[i] is (byte)'-' or (byte)'+') negative = text[i++] == '-';
        if (i == text.Length) return false;
        for (; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit((char)text[i])) return false;
            exponent = Math.Min(LargestExponent, (exponent * 10) + (text[i] - '0'));
        }
        if (negative) exponent = -exponent;
        return true;
    }
}
