namespace Leat.Core;

/// <summary>Powers of ten and exact rescaling of decimals.</summary>
internal static class DecimalScale
{
    private static readonly Int128[] Powers = MakePowers();

    /// <summary>10 to the power of <paramref name="exponent"/>, 0-38.</summary>
    public static Int128 Power(int exponent) => Powers[exponent];

    /// <summary>The same number with another scale, or false when digits would be lost or more than <paramref name="width"/> are needed.</summary>
    public static bool TryRescale(Int128 unscaled, int fromScale, int toScale, int width, out Int128 result)
    {
        result = unscaled;
        if (toScale < fromScale)
        {
            (result, var rest) = Int128.DivRem(unscaled, Powers[fromScale - toScale]);
            if (rest != 0) return false;
        }
        else if (toScale > fromScale)
        {
            var limit = Powers[width] / Powers[toScale - fromScale];
            if (unscaled > limit || unscaled < -limit) return false;
            result = unscaled * Powers[toScale - fromScale];
        }

        return result < Powers[width] && result > -Powers[width];
    }

    /// <summary>The digits of a <see cref="decimal"/> as one integer, and how many stand after the point.</summary>
    public static Int128 Unscaled(decimal value, out int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        scale = (bits[3] >> 16) & 0xFF;
        var magnitude = new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        return bits[3] < 0 ? -magnitude : magnitude;
    }

    /// <summary>A <see cref="decimal"/> where the digits fit into it, else a <see cref="ScaledDecimal"/>.</summary>
    public static object Box(Int128 unscaled, byte scale)
    {
        var magnitude = unscaled < 0 ? (UInt128)(-unscaled) : (UInt128)unscaled;
        if (scale > 28 || magnitude >> 96 != 0) return new ScaledDecimal(unscaled, scale);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), unscaled < 0, scale);
    }

    private static Int128[] MakePowers()
    {
        var powers = new Int128[39];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
