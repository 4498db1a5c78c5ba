using System.Text.Json;

namespace Storefront.Replay;

/// <summary>What the collector did with a request.</summary>
/// <param name="Accepted">Events stored in the topic.</param>
/// <param name="Quarantined">Events stored in the dead-letter topic.</param>
/// <param name="Rejected">Events not stored.</param>
internal sealed record CollectorAnswer(long Accepted, long Quarantined, long Rejected)
{
    public static CollectorAnswer Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return new CollectorAnswer(Number(document, "accepted"), Number(document, "quarantined"), Number(document, "rejected"));
    }

    private static long Number(JsonDocument document, string name) => document.RootElement.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
}
