using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Leat.Serve.Collector.Kernels;

/// <summary>One pass over an event: is it a JSON object, and what are its key and id. Utf8JsonReader, no allocation for sound events without escapes in key and id.</summary>
internal static class EventScan
{
    /// <summary>Key and id of an event; empty where there is none. Point into the event or into a copy.</summary>
    public ref struct Parts
    {
        public ReadOnlySpan<byte> Key;
        public ReadOnlySpan<byte> Id;
    }

    /// <summary>Null when <paramref name="json"/> is one JSON object, else what is wrong with it.</summary>
    /// <param name="json">The event.</param>
    /// <param name="keyName">Member that holds the key; empty = none.</param>
    /// <param name="idName">Member that holds the id; empty = none.</param>
    /// <param name="parts">What was found; of a repeated member the last counts.</param>
    public static string? Check(ReadOnlySpan<byte> json, ReadOnlySpan<byte> keyName, ReadOnlySpan<byte> idName, out Parts parts)
    {
        parts = default;
        if (json[0] != '{' || json[^1] != '}') return $"'{Shown(json)}' is not a JSON object";
        if (!Utf8.IsValid(json)) return "the bytes are not UTF-8";
        try
        {
            Read(json, keyName, idName, ref parts);
            return null;
        }
        catch (JsonException error)
        {
            parts = default;
            return $"not valid JSON at byte {error.BytePositionInLine + 1}";
        }
    }

    private static void Read(ReadOnlySpan<byte> json, ReadOnlySpan<byte> keyName, ReadOnlySpan<byte> idName, ref Parts parts)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
            var isKey = !keyName.IsEmpty && reader.ValueTextEquals(keyName);
            var isId = !idName.IsEmpty && reader.ValueTextEquals(idName);
            if (!isKey && !isId) continue;
            reader.Read();
            var value = Value(json, ref reader);
            if (isKey) parts.Key = value;
            if (isId) parts.Id = value;
        }
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> json, scoped ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String when reader.ValueIsEscaped:
                return Encoding.UTF8.GetBytes(reader.GetString()!);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return json[start..(int)reader.BytesConsumed];
            default:
                return reader.ValueSpan;
        }
    }

    private static string Shown(ReadOnlySpan<byte> json) => Encoding.UTF8.GetString(json.Length <= 80 ? json : json[..80]);
}
