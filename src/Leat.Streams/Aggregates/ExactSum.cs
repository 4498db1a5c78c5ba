using System.Collections.Immutable;
using Leat.Core;

namespace Leat.Streams.Aggregates;

/// <summary>An exact sum of decimals: 127 bits of digits and a scale that follows the finest value seen. Overflow throws.</summary>
internal struct ExactSum
{
    private static readonly ImmutableArray<Int128> Tens = [.. Enumerable.Range(0, 38).Select(n => Enumerable.Repeat((Int128)10, n).Aggregate(Int128.One, (a, b) => a * b))];
    private Int128 _digits;
    private byte _scale;

    public ExactSum(Int128 digits, byte scale) => (_digits, _scale) = (digits, scale);

    public readonly Int128 Digits => _digits;

    public readonly byte Scale => _scale;

    public void Add(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        Add(bits[3] < 0 ? -digits : digits, (byte)(bits[3] >> 16));
    }

    public void Add(in ExactSum other) => Add(other._digits, other._scale);

    public void Subtract(in ExactSum other) => Add(-other._digits, other._scale);

    /// <summary>Fewer digits after the point, where those that go are zeros.</summary>
    public void CutTo(byte scale)
    {
        _digits /= Tens[_scale - scale];
        _scale = scale;
    }

    /// <summary>A decimal where it has at most 28 digits, else a <see cref="ScaledDecimal"/>.</summary>
    public readonly object Boxed() => TryDecimal(out var value) ? value : new ScaledDecimal(_digits, _scale);

    public readonly bool TryDecimal(out decimal value)
    {
        value = 0;
        var digits = (UInt128)Int128.Abs(_digits);
        if (_scale > 28 || digits >> 96 != 0) return false;
        value = new decimal((int)(uint)digits, (int)(uint)(digits >> 32), (int)(uint)(digits >> 64), _digits < 0, _scale);
        return true;
    }

    private void Add(Int128 digits, byte scale)
    {
        if (scale > _scale)
        {
            _digits = checked(_digits * Tens[scale - _scale]);
            _scale = scale;
        }
        else if (scale < _scale)
        {
            digits = checked(digits * Tens[_scale - scale]);
        }

        _digits = checked(_digits + digits);
    }
}
