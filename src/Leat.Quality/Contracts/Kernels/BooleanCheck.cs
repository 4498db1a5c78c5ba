using System.Text;
using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>true or false, also as text.</summary>
internal sealed class BooleanCheck(ContractFieldDefinition field) : ScalarCheck(field)
{
    public override string Allowed => "true or false";

    protected override FieldFault Check(JsonTokenType token, ReadOnlySpan<byte> text)
    {
        if (token is JsonTokenType.True or JsonTokenType.False) return FieldFault.None;
        if (token is not JsonTokenType.String) return FieldFault.WrongType;
        return Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "false"u8) ? FieldFault.None : FieldFault.WrongType;
    }
}
