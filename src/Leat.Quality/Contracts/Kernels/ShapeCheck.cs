using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Nested and untyped values: only their outer shape is checked.</summary>
internal sealed class ShapeCheck(ContractFieldDefinition field) : FieldCheck(field)
{
    public override string Allowed => Wanted switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a text",
        _ => "any value",
    };

    private JsonTokenType Wanted { get; } = field.Type.Kind switch
    {
        TypeKind.List or TypeKind.Array => JsonTokenType.StartArray,
        TypeKind.Struct or TypeKind.Map => JsonTokenType.StartObject,
        TypeKind.Blob or TypeKind.Bit or TypeKind.Interval => JsonTokenType.String,
        _ => JsonTokenType.None,
    };

    public override FieldFault Check(ref Utf8JsonReader reader) =>
        Wanted is JsonTokenType.None || reader.TokenType == Wanted ? FieldFault.None : FieldFault.WrongType;
}
