using Leat.Serve.Problems;
using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Collector;

/// <summary>The Idempotency-Key header: 1 to 200 visible ASCII characters.</summary>
internal static class IdempotencyKey
{
    private const int MaxLength = 200;

    /// <summary>The key, or null when there is none. Quotes around it (the header's structured form) are taken off.</summary>
    /// <exception cref="ProblemException">LEAT6026 not a valid key.</exception>
    public static string? Read(HttpContext http)
    {
        if (http.Request.Headers["Idempotency-Key"] is not { Count: > 0 } values) return null;
        var key = values.ToString().Trim();
        if (key.Length >= 2 && key[0] == '"' && key[^1] == '"') key = key[1..^1];
        if (key.Length is > 0 and <= MaxLength && key.All(c => c is > ' ' and < (char)127)) return key;
        throw new ProblemException(new Problem(
            400, "LEAT6026", $"an idempotency key has 1 to {MaxLength} visible ASCII characters, this one has {key.Length} or others", "header Idempotency-Key", "send a UUID, or file name and line"));
    }
}
