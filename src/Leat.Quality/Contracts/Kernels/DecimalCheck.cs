using System.Globalization;
using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Exact decimals of a width and scale, and integers of 128 bits, as number or as text. No digit is ever rounded away.</summary>
internal sealed class DecimalCheck : ScalarCheck
{
    private readonly int _width;
    private readonly int _scale;
    private readonly decimal _min;
    private readonly decimal _max;

    // Range in units of the last digit, when it fits 64 bits.
    private readonly long _minUnits;
    private readonly long _maxUnits;
    private readonly bool _hasUnits;

    public DecimalCheck(ContractFieldDefinition field)
        : base(field)
    {
        (_width, _scale) = field.Type.Kind is TypeKind.Decimal ? (field.Type.Width, (int)field.Type.Scale) : (38, 0);
        _min = field.Min ?? decimal.MinValue;
        _max = field.Max ?? decimal.MaxValue;
        _hasUnits = TryUnits(_min, Math.Ceiling, out _minUnits) && TryUnits(_max, Math.Floor, out _maxUnits);
    }

    private static readonly long[] PowersOfTen =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    public override string Allowed => $"a decimal with at most {_width - _scale} digits before and {_scale} after the point" + Range;

    private string Range => (Field.Min, Field.Max) switch
    {
        (null, null) => "",
        ({ } min, null) => $", at least {min.ToString(CultureInfo.InvariantCulture)}",
        (null, { } max) => $", at most {max.ToString(CultureInfo.InvariantCulture)}",
        ({ } min, { } max) => $", from {min.ToString(CultureInfo.InvariantCulture)} to {max.ToString(CultureInfo.InvariantCulture)}",
    };

    protected override FieldFault Check(JsonTokenType token, ReadOnlySpan<byte> text)
    {
        if (token is not (JsonTokenType.Number or JsonTokenType.String)) return FieldFault.WrongType;
        if (!DecimalDigits.TryRead(text, out var digits) || digits.After > _scale || digits.Before > _width - _scale) return FieldFault.WrongType;
        if (Field.Min is null && Field.Max is null) return FieldFault.None;
        return InRange(text, digits) ? FieldFault.None : FieldFault.OutOfRange;
    }

    private bool TryUnits(decimal bound, Func<decimal, decimal> round, out long units)
    {
        units = bound > 0 ? long.MaxValue : long.MinValue;
        if (bound is decimal.MinValue or decimal.MaxValue) return _scale <= 18;
        if (_scale > 18 || Math.Abs(bound) > long.MaxValue / (decimal)PowersOfTen[_scale]) return false;
        units = (long)round(bound * PowersOfTen[_scale]);
        return true;
    }

    private bool InRange(ReadOnlySpan<byte> text, DecimalDigits digits)
    {
        if (_hasUnits && digits.IsPlain && digits.Fraction <= _scale && digits.Before + _scale <= 18)
        {
            var units = digits.Digits * PowersOfTen[_scale - digits.Fraction];
            if (digits.Negative) units = -units;
            return units >= _minUnits && units <= _maxUnits;
        }
        if (digits.Before <= 28 && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return value >= _min && value <= _max;
        return digits.Negative ? Field.Min is null : Field.Max is null; // beyond what min and max can say
    }
}
