using System.Text;
using System.Text.Json;

namespace Leat.Lake.Protocol;

/// <summary>Reads what is needed of a file's statistics.</summary>
internal static class StatsText
{
    /// <summary>numRecords; -1 when it is not there.</summary>
    public static long Rows(string? stats)
    {
        if (string.IsNullOrEmpty(stats)) return -1;
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(stats));
        try
        {
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1) continue;
                if (json.ValueTextEquals("numRecords"u8) && json.Read() && json.TokenType == JsonTokenType.Number) return json.GetInt64();
                json.Skip();
            }
        }
        catch (JsonException)
        {
            return -1;
        }
        return -1;
    }
}
