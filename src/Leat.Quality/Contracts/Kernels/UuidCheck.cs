using System.Buffers.Text;
using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>UUIDs with dashes.</summary>
internal sealed class UuidCheck(ContractFieldDefinition field) : ScalarCheck(field)
{
    public override string Allowed => "a UUID such as 123e4567-e89b-12d3-a456-426614174000";

    protected override FieldFault Check(JsonTokenType token, ReadOnlySpan<byte> text)
    {
        if (token is not JsonTokenType.String) return FieldFault.WrongType;
        return Utf8Parser.TryParse(text, out Guid _, out var used) && used == text.Length ? FieldFault.None : FieldFault.WrongType;
    }
}
