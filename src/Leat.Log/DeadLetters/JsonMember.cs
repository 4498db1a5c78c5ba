using System.Text;
using System.Text.Json;

namespace Leat.Log;

/// <summary>The value of a member of a JSON object, as the collector makes keys of it.</summary>
internal static class JsonMember
{
    /// <returns>Text without quotes, other values as they are written; empty when there is none, it is null, or the bytes are not a JSON object.</returns>
    public static byte[] Read(ReadOnlySpan<byte> json, string name)
    {
        var found = Array.Empty<byte>();
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals(name)) continue;
                _ = reader.Read();
                found = Value(json, ref reader);
            }
        }
        catch (JsonException)
        {
            // Whoever checks the record says what is wrong with it.
            return [];
        }
        return found;
    }

    private static byte[] Value(ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return [];
        if (reader.TokenType == JsonTokenType.String) return Encoding.UTF8.GetBytes(reader.GetString()!);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return reader.ValueSpan.ToArray();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed].ToArray();
    }
}
