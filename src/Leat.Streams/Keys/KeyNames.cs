using System.Collections.Immutable;
using System.Text.Json;

namespace Leat.Streams.Keys;

/// <summary>Column names from the text of a key selector: <c>v => v.CampaignId</c> gives campaign_id, <c>e => (e.Country, day: e.Day)</c> gives country and day.</summary>
internal static class KeyNames
{
    public static ImmutableArray<string> From(string? selector)
    {
        var arrow = selector?.IndexOf("=>", StringComparison.Ordinal) ?? -1;
        if (selector is null || arrow < 0) return [];
        var body = selector[(arrow + 2)..].Trim();
        if (body.StartsWith('(') && body.EndsWith(')')) body = body[1..^1];
        var names = body.Split(',').Select(Name).ToList();
        return names.TrueForAll(n => n is not null) && names.Distinct(StringComparer.Ordinal).Count() == names.Count ? [.. names.Select(n => n!)] : [];
    }

    private static string? Name(string part)
    {
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        var name = colon > 0 ? part[..colon].Trim() : part.Split('.').Length > 1 ? part[(part.LastIndexOf('.') + 1)..].Trim() : null;
        return name is not null && name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_') ? JsonNamingPolicy.SnakeCaseLower.ConvertName(name) : null;
    }
}
