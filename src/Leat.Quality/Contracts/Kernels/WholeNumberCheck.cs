using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Integers of 8 to 64 bits, as number or as text of digits.</summary>
internal sealed class WholeNumberCheck : ScalarCheck
{
    private readonly decimal _min;
    private readonly decimal _max;

    // The type's own range, and the allowed one; for UInt64 values above Int64 take the way over decimal.
    private readonly long _least;
    private readonly long _most;
    private readonly long _minLong;
    private readonly long _maxLong;
    private readonly bool _isUnsigned64;

    public WholeNumberCheck(ContractFieldDefinition field)
        : base(field)
    {
        (_least, _most) = field.Type.Kind switch
        {
            TypeKind.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            TypeKind.Int16 => (short.MinValue, short.MaxValue),
            TypeKind.Int32 => (int.MinValue, int.MaxValue),
            TypeKind.UInt8 => (0, byte.MaxValue),
            TypeKind.UInt16 => (0, ushort.MaxValue),
            TypeKind.UInt32 => (0, uint.MaxValue),
            TypeKind.UInt64 => (0, long.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        _isUnsigned64 = field.Type.Kind is TypeKind.UInt64;
        var top = _isUnsigned64 ? ulong.MaxValue : (decimal)_most;
        _min = Math.Ceiling(Math.Clamp(field.Min ?? _least, _least, top));
        _max = Math.Floor(Math.Clamp(field.Max ?? top, _least, top));
        _minLong = (long)Math.Min(_min, long.MaxValue);
        _maxLong = (long)Math.Min(_max, long.MaxValue);
    }

    public override string Allowed => $"a whole number from {_min.ToString(CultureInfo.InvariantCulture)} to {_max.ToString(CultureInfo.InvariantCulture)}";

    protected override FieldFault Check(JsonTokenType token, ReadOnlySpan<byte> text)
    {
        if (token is not (JsonTokenType.Number or JsonTokenType.String)) return FieldFault.WrongType;
        if (Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length)
        {
            if (value < _least || value > _most) return FieldFault.WrongType;
            return value >= _minLong && value <= _maxLong && (!_isUnsigned64 || value >= _min) ? FieldFault.None : FieldFault.OutOfRange;
        }
        if (!_isUnsigned64 || !Utf8Parser.TryParse(text, out ulong large, out used) || used != text.Length) return FieldFault.WrongType;
        return large >= _min && large <= _max ? FieldFault.None : FieldFault.OutOfRange;
    }
}
