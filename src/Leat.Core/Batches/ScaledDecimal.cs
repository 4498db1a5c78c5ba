using System.Globalization;

namespace Leat.Core;

/// <summary>A decimal of more than 28 digits: <paramref name="Unscaled"/> / 10^<paramref name="Scale"/>.</summary>
/// <param name="Unscaled">The digits as one integer.</param>
/// <param name="Scale">Digits after the point, 0-38.</param>
public readonly record struct ScaledDecimal(Int128 Unscaled, byte Scale)
{
    public override string ToString()
    {
        var digits = Int128.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var text = Scale == 0 ? digits : $"{digits[..^Scale]}.{digits[^Scale..]}";
        return Unscaled < 0 ? "-" + text : text;
    }
}
