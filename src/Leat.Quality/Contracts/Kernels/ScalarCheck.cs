using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Reads values that are short: numbers, flags, times, identifiers, as JSON value or as text.</summary>
internal abstract class ScalarCheck(ContractFieldDefinition field) : FieldCheck(field)
{
    /// <summary>Longest escaped text, in bytes, that can still be such a value.</summary>
    private const int LongestEscaped = 256;

    public sealed override FieldFault Check(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? CheckEscaped(ref reader) : Check(reader.TokenType, reader.ValueSpan);

    /// <summary>Checks digits, word or content of a text.</summary>
    protected abstract FieldFault Check(JsonTokenType token, ReadOnlySpan<byte> text);

    private FieldFault CheckEscaped(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestEscaped) return FieldFault.WrongType;
        try
        {
            Span<byte> buffer = stackalloc byte[LongestEscaped];
            return Check(reader.TokenType, buffer[..reader.CopyString(buffer)]);
        }
        catch (InvalidOperationException)
        {
            return FieldFault.WrongType; // half a surrogate pair: not text in any encoding
        }
    }
}
