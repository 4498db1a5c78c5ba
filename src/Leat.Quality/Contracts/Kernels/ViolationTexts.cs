using System.Text;
using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>The words of violations; only records that fail come here.</summary>
internal static class ViolationTexts
{
    private const int LongestValue = 80;

    public static ContractViolation Malformed(ReadOnlySpan<byte> json, JsonException broken)
    {
        var at = (int)Math.Min(broken.BytePositionInLine ?? 0, json.Length);
        return new("LEAT1301", "", $"not one JSON object: wrong at byte {at} of line {(broken.LineNumber ?? 0) + 1}, near '{Cut(json[Math.Min(at, json.Length)..])}'; send one complete object a record");
    }

    public static ContractViolation NotAnObject(ref Utf8JsonReader reader) =>
        new("LEAT1301", "", $"the record is {Shape(reader.TokenType)}; it must be a JSON object");

    public static ContractViolation Twice(FieldCheck check) => new("LEAT1301", check.Field.Name, $"'{check.Field.Name}' stands twice in the record; send it once");

    public static ContractViolation Missing(FieldCheck check) => new("LEAT1302", check.Field.Name, $"'{check.Field.Name}' is missing or null; it must be {check.Allowed}");

    public static ContractViolation Unknown(ref Utf8JsonReader reader, FieldCheck[] checks)
    {
        var name = Cut(reader.ValueSpan);
        var nearest = Nearest.To(name, checks.Select(check => check.Field.Name));
        return new("LEAT1304", name, $"'{name}' is not declared" + (nearest is null ? "" : $"; is '{nearest}' meant?"));
    }

    public static ContractViolation Broken(FieldCheck check, FieldFault fault, ref Utf8JsonReader reader)
    {
        var code = fault is FieldFault.WrongType ? "LEAT1303" : "LEAT1305";
        var value = reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? $"'{Cut(reader.ValueSpan)}'" : Shape(reader.TokenType);
        return new(code, check.Field.Name, $"'{check.Field.Name}' is {value}; it must be {check.Allowed}");
    }

    private static string Shape(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        _ => "empty",
    };

    private static string Cut(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, LongestValue * 4)]);
        return text.Length <= LongestValue ? text : text[..LongestValue] + "...";
    }
}
