using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Binary floating point, as number or as text; finite.</summary>
internal sealed class FloatCheck : ScalarCheck
{
    private readonly double _min;
    private readonly double _max;

    public FloatCheck(ContractFieldDefinition field)
        : base(field)
    {
        var most = field.Type.Kind is TypeKind.Float32 ? float.MaxValue : double.MaxValue;
        _min = field.Min is { } min ? (double)min : -most;
        _max = field.Max is { } max ? (double)max : most;
    }

    public override string Allowed => $"a number from {_min.ToString("R", CultureInfo.InvariantCulture)} to {_max.ToString("R", CultureInfo.InvariantCulture)}";

    protected override FieldFault Check(JsonTokenType token, ReadOnlySpan<byte> text)
    {
        if (token is not (JsonTokenType.Number or JsonTokenType.String)) return FieldFault.WrongType;
        if (!Utf8Parser.TryParse(text, out double value, out var used) || used != text.Length || !double.IsFinite(value)) return FieldFault.WrongType;
        return value >= _min && value <= _max ? FieldFault.None : FieldFault.OutOfRange;
    }
}
