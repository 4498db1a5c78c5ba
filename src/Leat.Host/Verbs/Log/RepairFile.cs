using System.Globalization;
using System.Text;
using System.Text.Json;
using Leat.Core;
using Leat.Log;

namespace Leat.Host.Verbs;

/// <summary>
/// Repaired dead letters, a JSON object a line: {"partition":0,"offset":17,"value":...,"key":...}. A value that is an object or array goes back as it is written, a text as its
/// characters; value_base64 and key_base64 take any bytes. These are the lines of <c>leat log read TOPIC.dlq --format json</c>, edited.
/// </summary>
internal static class RepairFile
{
    private const int MaxBytes = 256 << 20;

    /// <exception cref="LeatException">LEAT7045 the file or a line cannot be used.</exception>
    public static async Task<IReadOnlyDictionary<(int Partition, long Offset), RepairedRecord>> ReadAsync(string path, CancellationToken ct)
    {
        var repairs = new Dictionary<(int, long), RepairedRecord>();
        var number = 0;
        foreach (var line in await LinesAsync(path, ct))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var (place, repaired) = Parse(line, $"{path}:{number}");
            if (!repairs.TryAdd(place, repaired)) throw Wrong($"{path}:{number}", string.Create(CultureInfo.InvariantCulture, $"partition {place.Partition}, offset {place.Offset} is repaired twice"));
        }
        return repairs;
    }

    private static async Task<string[]> LinesAsync(string path, CancellationToken ct)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes ? await File.ReadAllLinesAsync(path, ct) : throw Wrong(path, $"the file has more than {MaxBytes} bytes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, e.Message);
        }
    }

    private static ((int Partition, long Offset) Place, RepairedRecord Repaired) Parse(string line, string where)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("offset", out var offset)) throw Wrong(where, "the line is not an object with the member 'offset'");
            var partition = root.TryGetProperty("partition", out var p) ? p.GetInt32() : 0;
            return ((partition, offset.GetInt64()), new RepairedRecord(Bytes(root, "value"), Bytes(root, "key")));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Wrong(where, e.Message);
        }
    }

    private static byte[]? Bytes(JsonElement root, string name)
    {
        if (root.TryGetProperty(name + "_base64", out var base64)) return base64.GetBytesFromBase64();
        if (!root.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null) return null;
        return Encoding.UTF8.GetBytes(member.ValueKind == JsonValueKind.String ? member.GetString()! : member.GetRawText());
    }

    private static LeatException Wrong(string where, string what) =>
        new("LEAT7045", $"the repairs cannot be used: {what}", where, "give one JSON object a line: {\"partition\":0,\"offset\":17,\"value\":{...}}, as 'leat log read TOPIC.dlq --format json' prints them");
}
