using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leat.Serve.Answers;

/// <summary>Enum values in snake_case, like the names of members.</summary>
internal sealed class SnakeCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
