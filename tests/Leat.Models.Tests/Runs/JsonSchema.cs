using System.Text.Json;

namespace Leat.Models.Tests.Runs;

/// <summary>As much of JSON Schema as dbt's artifact schemas use.</summary>
internal static class JsonSchema
{
    /// <summary>What is wrong with the value, one line each.</summary>
    public static IEnumerable<string> Check(JsonElement schema, JsonElement value, string path = "$")
    {
        if (schema.TryGetProperty("anyOf", out var any))
        {
            if (!any.EnumerateArray().Any(option => !Check(option, value, path).Any())) yield return $"{path}: {value.GetRawText()} fits none of anyOf";
            yield break;
        }
        if (schema.TryGetProperty("enum", out var known) && !known.EnumerateArray().Any(k => k.GetRawText() == value.GetRawText())) yield return $"{path}: {value.GetRawText()} is not in {known.GetRawText()}";
        if (schema.TryGetProperty("type", out var type) && !Is(value, type.GetString()!)) yield return $"{path}: {value.GetRawText()} is not {type.GetString()}";
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var error in value.EnumerateArray().SelectMany((item, i) => Check(items, item, $"{path}[{i}]"))) yield return error;
        else if (value.ValueKind == JsonValueKind.Object)
            foreach (var error in CheckObject(schema, value, path)) yield return error;
    }

    private static IEnumerable<string> CheckObject(JsonElement schema, JsonElement value, string path)
    {
        var properties = schema.TryGetProperty("properties", out var p) ? p : default;
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray().Select(r => r.GetString()!))
                if (!value.TryGetProperty(name, out _)) yield return $"{path}: '{name}' is missing";
        var closed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;
        foreach (var member in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var inner))
                foreach (var error in Check(inner, member.Value, $"{path}.{member.Name}")) yield return error;
            else if (closed) yield return $"{path}: '{member.Name}' is not allowed";
        }
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => value.ValueKind == JsonValueKind.Number,
    };
}
